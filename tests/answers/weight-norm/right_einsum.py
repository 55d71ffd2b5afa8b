"""With einsum; scale is applied to the outputs, which comes to the same."""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        unit = self.direction / torch.sqrt((self.direction ** 2).sum(0))
        return torch.einsum("...i,ik->...k", X, unit) * self.scale + self.bias
