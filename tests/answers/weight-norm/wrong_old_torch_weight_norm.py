"""The older function of the same purpose.

misconception: torch-weight-norm
points: 4
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.linear = nn.utils.weight_norm(nn.Linear(in_units, units))

    def forward(self, X):
        return self.linear(X)
