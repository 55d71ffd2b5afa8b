"""Zeroes in forward each time.

misconception: no-body, starts-elsewhere, cut-gradient, changes-parameters
points: 1
"""


class ResidualBlock(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(in_features, out_features), nn.ReLU(), nn.Linear(out_features, out_features))
        if in_features == out_features:
            self.shortcut = nn.Identity()
        else:
            self.shortcut = nn.Linear(in_features, out_features, bias=False)

    def forward(self, X):
        with torch.no_grad():
            self.body[2].weight.zero_()
            self.body[2].bias.zero_()
        return self.shortcut(X) + self.body(X)
