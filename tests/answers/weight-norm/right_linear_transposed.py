"""F.linear wants (out, in), so the weight is transposed for it."""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        norms = torch.linalg.vector_norm(self.direction, dim=0, keepdim=True)
        return F.linear(X, (self.scale * self.direction / norms).T, self.bias)
