"""Computes W in __init__, so that direction is not used any more.

misconception: parameter-ignored
points: 0
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))
        self.W = (self.direction / self.direction.norm(dim=0)).detach()

    def forward(self, X):
        return X @ (self.scale * self.W) + self.bias
