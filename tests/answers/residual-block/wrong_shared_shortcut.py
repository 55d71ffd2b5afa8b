"""The shortcut stands on the class.

misconception: other-names
points: 1
"""


class ResidualBlock(nn.Module):
    shortcut = nn.Identity()

    def __init__(self, in_features, out_features):
        super().__init__()
        self.body = nn.Sequential(
            nn.Linear(in_features, out_features),
            nn.ReLU(),
            nn.Linear(out_features, out_features))
        if in_features != out_features:
            ResidualBlock.shortcut = nn.Linear(in_features, out_features, bias=False)
        nn.init.zeros_(self.body[2].weight)
        nn.init.zeros_(self.body[2].bias)

    def forward(self, X):
        return self.shortcut(X) + self.body(X)
