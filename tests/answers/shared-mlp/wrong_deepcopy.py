"""Copies of the shared layer.

misconception: tied-by-copy
points: 3
"""


import copy


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        layers = [nn.Linear(num_inputs, num_hiddens), nn.ReLU()]
        for _ in range(num_shared):
            layers += [copy.deepcopy(self.shared), nn.ReLU()]
        self.net = nn.Sequential(*layers, nn.Linear(num_hiddens, num_outputs))

    def forward(self, X):
        return self.net(X)
