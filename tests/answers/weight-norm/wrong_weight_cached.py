"""Computes W in the first call and uses it ever after.

misconception: computed-once
points: 4
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))
        self.W = None

    def forward(self, X):
        if self.W is None:
            self.W = self.scale * F.normalize(self.direction, dim=0)
        return X @ self.W + self.bias
