"""The chapter's trap: .data everywhere.

misconception: cut-gradient
points: 4
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        W = self.scale.data * self.direction.data / self.direction.data.norm(dim=0)
        return torch.matmul(X, W) + self.bias.data
