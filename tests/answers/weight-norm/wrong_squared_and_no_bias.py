"""Two slips at once: no square root, and no bias.

misconception: norm-squared, no-bias
points: 3
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        W = self.scale * self.direction / self.direction.pow(2).sum(dim=0)
        return X @ W
