"""Stores the constant on the class as well and computes with that one.

misconception: c-not-read, shared-between-instances
points: 2
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))
        ConstantLayer.const = c

    def forward(self, X):
        return ConstantLayer.const * (X @ self.weight)
