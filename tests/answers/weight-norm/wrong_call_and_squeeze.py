"""Writes __call__ where forward belongs, and squeezes the output.

misconception: squeezed, overrides-call
points: 2
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def __call__(self, X):
        W = self.scale * self.direction / self.direction.norm(dim=0)
        return (X @ W + self.bias).squeeze(0)
