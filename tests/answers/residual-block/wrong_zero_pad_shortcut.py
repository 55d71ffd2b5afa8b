"""No parameters: zero pads the input.

misconception: other-names
points: 1
"""


class ResidualBlock(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(in_features, out_features), nn.ReLU(), nn.Linear(out_features, out_features))
        nn.init.zeros_(self.body[2].weight)
        nn.init.zeros_(self.body[2].bias)
        if in_features == out_features:
            self.shortcut = nn.Identity()
        else:
            self.shortcut = nn.Identity()

    def forward(self, X):
        return F.pad(X, (0, self.body[2].out_features - X.shape[-1])) + self.body(X)
