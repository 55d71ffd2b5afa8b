"""No parameters at all.

misconception: not-a-parameter
points: 3
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = torch.randn(in_units, units)
        self.scale = torch.ones(units)
        self.bias = torch.zeros(units)

    def forward(self, X):
        return X @ (self.scale * self.direction / self.direction.norm(dim=0)) + self.bias
