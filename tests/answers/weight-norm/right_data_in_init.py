"""Sets the starting values through .data, which works.

advice: data
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.empty(in_units, units))
        self.direction.data.normal_(0, 0.1)
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        W = self.scale * self.direction / self.direction.norm(dim=0)
        return X @ W + self.bias
