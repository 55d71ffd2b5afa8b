"""direction is a plain tensor.

misconception: not-a-parameter
points: 4
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = torch.randn(in_units, units, requires_grad=True)
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        return X @ (self.scale * self.direction / self.direction.norm(dim=0)) + self.bias
