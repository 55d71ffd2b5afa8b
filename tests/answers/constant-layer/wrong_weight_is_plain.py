"""weight is a plain tensor.

misconception: not-a-parameter
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = torch.randn(in_features)
        self.register_buffer("c", torch.tensor(c))

    def forward(self, X):
        return self.c * (X @ self.weight)
