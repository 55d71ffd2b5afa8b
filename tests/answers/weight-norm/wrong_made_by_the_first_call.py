"""Makes direction when the first X arrives.

misconception: made-late
points: 4
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        if not hasattr(self, "direction"):
            self.direction = nn.Parameter(torch.randn(X.shape[-1], len(self.scale)))
        W = self.scale * self.direction / self.direction.norm(dim=0)
        return X @ W + self.bias
