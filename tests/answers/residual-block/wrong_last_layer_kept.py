"""The zeros are kept and used ever after.

misconception: parameter-ignored
points: 1
"""


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
        nn.init.zeros_(self.body[2].weight)
        nn.init.zeros_(self.body[2].bias)
        self.zeros = self.body[2].weight.detach().clone()

    def forward(self, X):
        H = F.relu(self.body[0](X))
        return self.shortcut(X) + F.linear(H, self.zeros, self.body[2].bias)
