"""direction is stored as nn.Linear does, and yet normalized along dimension 0.

misconception: norm-by-row, dimensions-swapped
points: 2
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(units, in_units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        W = self.direction / self.direction.norm(dim=0)
        return F.linear(X, W * self.scale.unsqueeze(1), self.bias)
