"""Multiplies by scale first and takes the norm of the product.

misconception: scale-inside-norm
points: 3
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        V = self.scale * self.direction
        return X @ (V / V.norm(dim=0)) + self.bias
