"""A gate that starts at zero in place of the last layer.

misconception: extra-parameter, starts-elsewhere
points: 4
"""


class ResidualBlock(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.body = nn.Sequential(
            nn.Linear(in_features, out_features),
            nn.ReLU(),
            nn.Linear(out_features, out_features))
        if in_features == out_features:
            self.shortcut = nn.Identity()
        else:
            self.shortcut = nn.Linear(in_features, out_features, bias=False)
        self.gate = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return self.shortcut(X) + self.gate * self.body(X)
