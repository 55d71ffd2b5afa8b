"""Only the direction is cut off.

misconception: cut-gradient
points: 4
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        v = self.direction.data
        return X @ (self.scale * v / v.norm(dim=0)) + self.bias
