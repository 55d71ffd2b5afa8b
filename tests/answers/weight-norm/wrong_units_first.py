"""Takes the number of outputs first, as in the shape of nn.Linear.weight.

misconception: arguments-swapped
points: 3
"""


class WeightNormLinear(nn.Module):
    def __init__(self, units, in_units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        W = self.scale * self.direction / self.direction.norm(dim=0)
        return X @ W + self.bias
