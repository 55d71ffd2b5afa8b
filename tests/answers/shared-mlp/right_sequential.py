"""The same layer object again and again in one nn.Sequential."""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.net = nn.Sequential(nn.Linear(num_inputs, num_hiddens), nn.ReLU(),
                                 *[self.shared, nn.ReLU()] * num_shared,
                                 nn.Linear(num_hiddens, num_outputs))

    def forward(self, X, *args):
        return self.net(X)
