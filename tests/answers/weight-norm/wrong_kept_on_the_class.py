"""The normalised weight is kept on the class, by shape.

misconception: computed-once, shared-between-instances
points: 3
"""


class WeightNormLinear(nn.Module):
    W = None

    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        if WeightNormLinear.W is None or WeightNormLinear.W.shape != self.direction.shape:
            WeightNormLinear.W = F.normalize(self.direction, dim=0)
        return X @ (self.scale * WeightNormLinear.W) + self.bias
