"""Every layer starts with the same values.

misconception: direction-not-random
points: 4
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        torch.manual_seed(0)
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        return X @ (self.scale * self.direction / self.direction.norm(dim=0)) + self.bias
