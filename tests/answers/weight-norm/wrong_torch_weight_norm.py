"""Wraps an nn.Linear with the ready-made weight norm.

misconception: torch-weight-norm
points: 4
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.linear = nn.utils.parametrizations.weight_norm(nn.Linear(in_units, units))

    def forward(self, X):
        return self.linear(X)
