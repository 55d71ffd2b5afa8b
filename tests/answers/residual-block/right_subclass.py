"""Helpers on a base class of one's own."""


class Skip(nn.Module):
    def forward(self, X):
        return self.shortcut(X) + self.body(X)


class ResidualBlock(Skip):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(in_features, out_features), nn.ReLU(),
                                  nn.Linear(out_features, out_features))
        self.body[-1].load_state_dict({name: torch.zeros_like(value)
                                       for name, value in self.body[-1].state_dict().items()})
        self.shortcut = (nn.Identity() if in_features == out_features
                         else nn.Linear(in_features, out_features, bias=False))
