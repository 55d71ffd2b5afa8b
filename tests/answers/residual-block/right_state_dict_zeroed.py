"""Zeroed by way of the state_dict, whose tensors are the parameters."""


class ResidualBlock(nn.Module):
    def __init__(self, in_features: int, out_features: int):
        super(ResidualBlock, self).__init__()
        self.in_features = in_features
        self.out_features = out_features
        self.body = nn.Sequential(*[nn.Linear(in_features, out_features), nn.ReLU(),
                                    nn.Linear(out_features, out_features)])
        self.shortcut = {True: nn.Identity, False: lambda: nn.Linear(in_features, out_features, bias=False)}[
            in_features == out_features]()
        for name, value in self.state_dict().items():
            if name.startswith('body.2.'):
                value.zero_()

    def forward(self, X):
        return sum([self.shortcut(X), self.body(X)])
