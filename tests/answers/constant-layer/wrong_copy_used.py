"""The number is kept as well, and it is the number that is used.

misconception: c-not-read
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(c))
        self.factor = c

    def forward(self, X):
        return self.factor * (X @ self.weight)
