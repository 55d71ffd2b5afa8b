"""A base class of its own makes the parameters."""


class Named(nn.Module):
    def __init__(self, **shapes):
        super().__init__()
        for name, shape in shapes.items():
            setattr(self, name, nn.Parameter(torch.randn(*shape)))


class WeightNormLinear(Named):
    def __init__(self, in_units, units):
        super().__init__(direction=(in_units, units), scale=(units,), bias=(units,))

    def forward(self, X):
        return torch.matmul(X, self.weight()) + self.bias

    def weight(self):
        return self.direction * (self.scale / self.direction.pow(2).sum(dim=0).sqrt())
