"""Layers are attributes of the block, without a body.

misconception: other-names
points: 5
"""


class ResidualBlock(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear1 = nn.Linear(in_features, out_features)
        self.linear2 = nn.Linear(out_features, out_features)
        self.shortcut = (nn.Identity() if in_features == out_features
                         else nn.Linear(in_features, out_features, bias=False))
        nn.init.zeros_(self.linear2.weight)
        nn.init.zeros_(self.linear2.bias)

    def forward(self, X):
        return self.shortcut(X) + self.linear2(F.relu(self.linear1(X)))
