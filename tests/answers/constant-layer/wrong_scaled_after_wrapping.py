"""The parameter is multiplied by 0.01, and the result is no parameter.

misconception: not-a-parameter
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features)) * 0.01
        self.register_buffer("c", torch.tensor(c))

    def forward(self, X):
        return self.c * (X @ self.weight)
