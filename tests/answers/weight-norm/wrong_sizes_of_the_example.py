"""The sizes of the example are written into the class.

misconception: size-ignored
points: 0
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(4, 3))
        self.scale = nn.Parameter(torch.ones(3))
        self.bias = nn.Parameter(torch.zeros(3))

    def forward(self, X):
        W = self.scale * self.direction / self.direction.norm(dim=0)
        return X @ W + self.bias
