"""The chapter's net: twice, whatever num_shared says.

misconception: ignores-num-shared
points: 4
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.net = nn.Sequential(nn.Linear(num_inputs, num_hiddens), nn.ReLU(),
                                 self.shared, nn.ReLU(), self.shared, nn.ReLU(),
                                 nn.Linear(num_hiddens, num_outputs))

    def forward(self, X):
        return self.net(X)
