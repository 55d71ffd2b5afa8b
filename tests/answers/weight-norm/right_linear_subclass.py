"""A subclass of nn.Linear whose own weight is taken away."""


class WeightNormLinear(nn.Linear):
    def __init__(self, in_units, units):
        super().__init__(in_units, units)
        self.weight = None
        self.direction = nn.Parameter(torch.rand(in_units, units) - 0.5)
        self.scale = nn.Parameter(torch.rand(units))

    def forward(self, X):
        return F.linear(X, self.weight_now(), self.bias)

    def weight_now(self):
        return (F.normalize(self.direction, dim=0) * self.scale).T
