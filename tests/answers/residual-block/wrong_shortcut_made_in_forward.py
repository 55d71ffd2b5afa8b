"""The shortcut is made in forward.

misconception: made-in-forward, other-names
points: 1
"""


class ResidualBlock(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.body = nn.Sequential(
            nn.Linear(in_features, out_features),
            nn.ReLU(),
            nn.Linear(out_features, out_features))
        self.sizes = in_features, out_features
        nn.init.zeros_(self.body[2].weight)
        nn.init.zeros_(self.body[2].bias)

    def forward(self, X):
        shortcut = nn.Identity() if self.sizes[0] == self.sizes[1] else nn.Linear(*self.sizes, bias=False)
        return shortcut(X) + self.body(X)
