"""Divides the output instead of the weight."""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        lengths = self.direction.square().sum(dim=0).sqrt()
        return X @ self.direction * (self.scale / lengths) + self.bias
