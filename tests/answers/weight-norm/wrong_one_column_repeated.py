"""Draws one column and repeats it.

misconception: direction-not-random
points: 4
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, 1).repeat(1, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        return X @ (self.scale * F.normalize(self.direction, dim=0)) + self.bias
