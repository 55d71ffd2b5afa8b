"""Identity if in >= out, slices.

misconception: other-names
points: 1
"""


class ResidualBlock(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(in_features, out_features), nn.ReLU(), nn.Linear(out_features, out_features))
        nn.init.zeros_(self.body[2].weight)
        nn.init.zeros_(self.body[2].bias)
        if in_features >= out_features:
            self.shortcut = nn.Identity()
        else:
            self.shortcut = nn.Linear(in_features, out_features, bias=False)

    def forward(self, X):
        return self.shortcut(X)[..., :self.body[2].out_features] + self.body(X)
