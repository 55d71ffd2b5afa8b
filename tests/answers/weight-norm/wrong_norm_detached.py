"""The norm is computed outside the graph.

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
        norm = self.direction.detach().norm(dim=0)
        return X @ (self.scale * self.direction / norm) + self.bias
