"""Layers of one size share a direction, kept in a dict that is a default argument.

misconception: shared-between-instances
points: 4
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units, made={}):
        super().__init__()
        if (in_units, units) not in made:
            made[in_units, units] = nn.Parameter(torch.randn(in_units, units))
        self.direction = made[in_units, units]
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        W = self.scale * self.direction / self.direction.norm(dim=0)
        return X @ W + self.bias
