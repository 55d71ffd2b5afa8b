"""A ReLU behind every layer, the last one too.

misconception: relu-after-output
points: 4
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        layers = [nn.Linear(num_inputs, num_hiddens), *[self.shared] * num_shared, nn.Linear(num_hiddens, num_outputs)]
        self.layers = nn.ModuleList(layers)

    def forward(self, X):
        for layer in self.layers:
            X = F.relu(layer(X))
        return X
