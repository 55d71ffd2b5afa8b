"""Subtracts the mean and divides by the standard deviation, as batch norm does.

misconception: another-norm
points: 3
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        V = self.direction
        W = self.scale * (V - V.mean(dim=0)) / V.std(dim=0)
        return X @ W + self.bias
