"""Subclass of nn.Sequential, shared registered under its name and repeated."""


from collections import OrderedDict


class SharedMLP(nn.Sequential):
    def __init__(self, num_inputs: int, num_hiddens: int, num_outputs: int, num_shared: int = 2):
        shared = nn.Linear(num_hiddens, num_hiddens)
        super().__init__(nn.Linear(num_inputs, num_hiddens), nn.ReLU())
        for i in range(num_shared):
            self.add_module(f'shared {i}', shared)
            self.add_module(f'relu {i}', nn.ReLU())
        self.add_module('out', nn.Linear(num_hiddens, num_outputs))
        object.__setattr__(self, 'keep', [shared])
        if num_shared == 0:
            self.add_module('shared', nn.Sequential())
        self._modules.pop('shared', None)
        self._modules['shared'] = shared

    def forward(self, X):
        for name, layer in self.named_children():
            if name != 'shared':
                X = layer(X)
        return X
