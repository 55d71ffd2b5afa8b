"""A subclass of nn.Sequential that is indexed, not walked by children()."""


class SharedMLP(nn.Sequential):
    def __init__(self, num_inputs: int, num_hiddens: int, num_outputs: int, num_shared: int = 2):
        super().__init__()
        self.add_module('first', nn.Linear(num_inputs, num_hiddens))
        self.add_module('shared', nn.Linear(num_hiddens, num_hiddens))
        self.add_module('last', nn.Linear(num_hiddens, num_outputs))
        self.order = [0] + [1] * num_shared

    def forward(self, X):
        for i in self.order:
            X = torch.maximum(self[i](X), torch.zeros((), dtype=X.dtype))
        return self[-1](X)
