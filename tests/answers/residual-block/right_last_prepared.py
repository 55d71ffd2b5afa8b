"""The last layer is made and zeroed before it goes into the body."""


class ResidualBlock(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        last = nn.Linear(out_features, out_features)
        for parameter in last.parameters():
            nn.init.constant_(parameter, 0.0)
        self.body = nn.Sequential(nn.Linear(in_features, out_features), nn.ReLU(), last)
        self.shortcut = nn.Identity()
        if in_features != out_features:
            self.shortcut = nn.Linear(in_features, out_features, False)

    def forward(self, X):
        Y = self.body(X)
        return Y + self.shortcut(X)
