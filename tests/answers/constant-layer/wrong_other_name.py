"""The buffer has another name.

misconception: c-other-name
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("constant", torch.tensor(c))

    def forward(self, X):
        return self.constant * (X @ self.weight)
