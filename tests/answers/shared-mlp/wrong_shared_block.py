"""self.shared is the layer and its ReLU in an nn.Sequential.

misconception: not-called-shared
points: 3
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.hidden = nn.Sequential(nn.Linear(num_inputs, num_hiddens), nn.ReLU())
        self.shared = nn.Sequential(nn.Linear(num_hiddens, num_hiddens), nn.ReLU())
        self.out = nn.Linear(num_hiddens, num_outputs)
        self.num_shared = num_shared

    def forward(self, X):
        X = self.hidden(X)
        for _ in range(self.num_shared):
            X = self.shared(X)
        return self.out(X)
