"""The norm under no_grad.

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
        with torch.no_grad():
            norm = self.direction.norm(dim=0, keepdim=True)
        return torch.matmul(X, self.direction / norm * self.scale) + self.bias
