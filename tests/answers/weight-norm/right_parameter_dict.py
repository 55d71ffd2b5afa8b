"""The parameters are in an nn.ParameterDict; properties show them."""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.p = nn.ParameterDict({"v": torch.randn(in_units, units), "g": torch.ones(units), "b": torch.zeros(units)})

    @property
    def direction(self):
        return self.p["v"]

    @property
    def scale(self):
        return self.p["g"]

    @property
    def bias(self):
        return self.p["b"]

    def forward(self, X):
        return X @ (F.normalize(self.direction, dim=0) * self.scale) + self.bias
