"""The names of the paper: v, g, b.

misconception: other-name
points: 4
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.v = nn.Parameter(torch.randn(in_units, units))
        self.g = nn.Parameter(torch.ones(units))
        self.b = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        return X @ (self.g * self.v / self.v.norm(dim=0)) + self.b
