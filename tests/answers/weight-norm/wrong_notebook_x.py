"""The argument is called x, and X is the batch of a cell further up.

misconception: uses-global
points: 0
"""


X = torch.rand(2, 4)

class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, x):
        W = self.scale * self.direction / self.direction.norm(dim=0)
        return X @ W + self.bias
