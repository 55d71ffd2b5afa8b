"""A gate alpha instead of zero layer.

misconception: extra-parameter, starts-elsewhere
points: 4
"""


class ResidualBlock(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(in_features, out_features), nn.ReLU(), nn.Linear(out_features, out_features))
        self.alpha = nn.Parameter(torch.zeros(1))
        if in_features == out_features:
            self.shortcut = nn.Identity()
        else:
            self.shortcut = nn.Linear(in_features, out_features, bias=False)

    def forward(self, X):
        return self.shortcut(X) + self.alpha * self.body(X)
