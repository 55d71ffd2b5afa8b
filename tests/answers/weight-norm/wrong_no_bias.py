"""Forgets to add the bias.

misconception: no-bias
points: 3
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        return X @ (self.scale * self.direction / self.direction.norm(dim=0))
