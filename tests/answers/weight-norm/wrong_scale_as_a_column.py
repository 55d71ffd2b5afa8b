"""scale is reshaped to a column, so that it multiplies rows.

misconception: scale-by-row
points: 3
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        W = self.scale.reshape(-1, 1) * self.direction / self.direction.norm(dim=0)
        return X @ W + self.bias
