"""A small number guards against a column of zeros."""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def weight(self):
        return self.scale * self.direction / (self.direction.norm(p=2, dim=0, keepdim=True) + 1e-6)

    def forward(self, X, *args):
        return X.matmul(self.weight()) + self.bias
