"""The other layers are hidden in a list.

misconception: hidden-layers
points: 3
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.layers = [nn.Linear(num_inputs, num_hiddens), *[self.shared] * num_shared]
        self.out = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        for layer in self.layers:
            X = F.relu(layer(X))
        return self.out(X)
