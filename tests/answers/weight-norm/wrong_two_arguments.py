"""forward wants direction as well.

misconception: forward-wants-more
points: 0
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X, direction):
        return X @ (self.scale * F.normalize(direction, dim=0)) + self.bias
