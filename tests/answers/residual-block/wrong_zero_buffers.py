"""The last layer's parameters become buffers.

misconception: not-a-parameter
points: 5
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
        del self.body[2].weight, self.body[2].bias
        self.body[2].register_buffer("weight", torch.zeros(out_features, out_features))
        self.body[2].register_buffer("bias", torch.zeros(out_features))

    def forward(self, X):
        return self.shortcut(X) + self.body(X)
