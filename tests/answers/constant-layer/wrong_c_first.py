"""The constant comes first, as in the formula.

misconception: arguments-swapped
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, c, in_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))

    def forward(self, X):
        return self.c * (X @ self.weight)
