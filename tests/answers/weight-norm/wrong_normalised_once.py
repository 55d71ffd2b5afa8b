"""Normalises the starting values only.

misconception: normalised-once
points: 3
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        v = torch.randn(in_units, units)
        self.direction = nn.Parameter(v / v.norm(dim=0))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        return X @ (self.scale * self.direction) + self.bias
