"""Adds in place to X.

misconception: changes-input
points: 4
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        X *= self.scale.sum() / self.scale.sum()
        X -= 1
        W = self.scale * self.direction / self.direction.norm(dim=0)
        return (X + 1) @ W + self.bias
