"""register_parameter, an initialisation of its own, and torch's norm function."""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super(WeightNormLinear, self).__init__()
        for name, shape in {"direction": (in_units, units), "scale": (units,), "bias": (units,)}.items():
            self.register_parameter(name, nn.Parameter(torch.empty(shape)))
        nn.init.xavier_normal_(self.direction)
        nn.init.constant_(self.scale, 1.0)
        nn.init.zeros_(self.bias)

    def forward(self, X):
        return X @ torch._weight_norm(self.direction, self.scale.unsqueeze(0), 1) + self.bias
