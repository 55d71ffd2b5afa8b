"""Keeps the first output and returns it again.

misconception: keeps-first-output
points: 3
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))
        self.Y = None

    def forward(self, X):
        if self.Y is None:
            self.Y = X @ (self.scale * F.normalize(self.direction, dim=0)) + self.bias
        return self.Y
