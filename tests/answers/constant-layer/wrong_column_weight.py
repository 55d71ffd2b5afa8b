"""The weight is a column, and so is the output.

misconception: column-kept, spare-dimension
points: 2
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, 1))
        self.register_buffer("c", torch.tensor(c))

    def forward(self, X):
        return self.c * (X @ self.weight)
