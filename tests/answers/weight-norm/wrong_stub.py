"""Not written yet.

misconception: not-written
points: 0
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        raise NotImplementedError

    def forward(self, X):
        raise NotImplementedError
