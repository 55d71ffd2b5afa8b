"""Children are added by name."""


class ResidualBlock(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        body = nn.Sequential()
        body.add_module('0', nn.Linear(in_features, out_features))
        body.add_module('1', nn.ReLU(inplace=True))
        body.add_module('2', nn.Linear(out_features, out_features))
        self.add_module('body', body)
        self.add_module('shortcut', nn.Identity() if in_features == out_features
                        else nn.Linear(in_features, out_features, bias=False))
        self.body[2].apply(self.zero)

    @staticmethod
    def zero(layer):
        with torch.no_grad():
            for parameter in layer.parameters():
                parameter.copy_(torch.zeros(parameter.shape))

    def forward(self, X):
        return torch.add(self.body(X), self.shortcut(X))
