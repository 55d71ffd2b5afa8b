"""A helper base class."""


class Residual(nn.Module):
    def forward(self, X):
        return self.shortcut(X) + self.body(X)

class ResidualBlock(Residual):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(in_features, out_features), nn.ReLU(), nn.Linear(out_features, out_features))
        [nn.init.zeros_(p) for p in self.body[2].parameters()]
        self.shortcut = {True: nn.Identity}.get(in_features == out_features, lambda: nn.Linear(in_features, out_features, bias=False))()
