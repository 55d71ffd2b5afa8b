"""Forgets super().__init__().

misconception: no-super-init
points: 0
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        return X @ (self.scale * self.direction / self.direction.norm(dim=0)) + self.bias
