"""torch.Tensor makes the memory, and normal_ fills it.

advice: old-constructor
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.Tensor(in_units, units).normal_())
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        W = self.scale * self.direction / self.direction.norm(dim=0)
        return X @ W + self.bias
