"""Divides by norms that are taken out as Python numbers.

misconception: norm-detached
points: 4
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        norms = torch.tensor([self.direction[:, k].norm().item() for k in range(len(self.scale))], dtype=X.dtype)
        return X @ (self.scale * self.direction / norms) + self.bias
