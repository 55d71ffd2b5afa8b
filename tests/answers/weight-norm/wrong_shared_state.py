"""The parameters are kept on the class, so all layers share them.

misconception: shared-between-instances
points: 4
"""


class WeightNormLinear(nn.Module):
    made = {}

    def __init__(self, in_units, units):
        super().__init__()
        if (in_units, units) not in self.made:
            self.made[in_units, units] = [nn.Parameter(torch.randn(in_units, units)),
                                          nn.Parameter(torch.ones(units)), nn.Parameter(torch.zeros(units))]
        self.direction, self.scale, self.bias = self.made[in_units, units]

    def forward(self, X):
        return X @ (self.scale * F.normalize(self.direction, dim=0)) + self.bias
