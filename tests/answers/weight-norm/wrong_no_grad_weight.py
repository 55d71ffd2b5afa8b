"""Prepares the whole weight under no_grad.

misconception: cut-gradient
points: 4
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        with torch.no_grad():
            W = self.scale * F.normalize(self.direction, dim=0)
        return X @ W + self.bias
