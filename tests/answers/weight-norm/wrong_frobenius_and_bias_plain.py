"""One norm for the whole matrix, and the bias is a tensor that asks for a gradient.

misconception: norm-of-all, not-a-parameter
points: 2
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = torch.zeros(units, requires_grad=True)

    def forward(self, X):
        W = self.scale * self.direction / torch.sqrt(torch.sum(self.direction ** 2))
        return X @ W + self.bias
