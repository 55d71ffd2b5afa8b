"""Puts the shared layer in often enough, and walks over named_children(), which gives a module once.

misconception: children-once
points: 4
"""


class SharedMLP(nn.Sequential):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__(nn.Linear(num_inputs, num_hiddens))
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        for i in range(num_shared):
            self.add_module(f'shared {i}', self.shared)
        self.add_module('out', nn.Linear(num_hiddens, num_outputs))

    def forward(self, X):
        for name, layer in self.named_children():
            X = layer(X) if name == 'out' else F.relu(layer(X))
        return X
