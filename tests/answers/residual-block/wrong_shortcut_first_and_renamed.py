"""Another name for the shortcut, which is made first.

misconception: other-names
points: 5
"""


class ResidualBlock(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        if in_features == out_features:
            self.downsample = nn.Identity()
        else:
            self.downsample = nn.Linear(in_features, out_features, bias=False)
        self.body = nn.Sequential(
            nn.Linear(in_features, out_features),
            nn.ReLU(),
            nn.Linear(out_features, out_features))
        nn.init.zeros_(self.body[2].weight)
        nn.init.zeros_(self.body[2].bias)

    def forward(self, X):
        return self.downsample(X) + self.body(X)
