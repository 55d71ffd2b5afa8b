"""A list as a default value, which nobody changes.

advice: mutable-default
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c, sizes=[]):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))

    def forward(self, X):
        return self.c * (X @ self.weight)
