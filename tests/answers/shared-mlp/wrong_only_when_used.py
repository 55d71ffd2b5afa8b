"""Makes the shared layer only if it is going to be used.

misconception: left-out
points: 4
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        layers = [nn.Linear(num_inputs, num_hiddens), nn.ReLU()]
        if num_shared > 0:
            self.shared = nn.Linear(num_hiddens, num_hiddens)
            layers += [self.shared, nn.ReLU()] * num_shared
        self.net = nn.Sequential(*layers, nn.Linear(num_hiddens, num_outputs))

    def forward(self, X):
        return self.net(X)
