"""The last layer is given new parameters of zeros."""


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
        last = self.body[2]
        last.weight = nn.Parameter(torch.zeros_like(last.weight))
        last.bias = nn.Parameter(torch.zeros_like(last.bias))

    def forward(self, X):
        return self.shortcut(X) + self.body(X)
