"""Forgets super().__init__().

misconception: no-super-init
points: 0
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(c))

    def forward(self, X):
        return self.c * (X @ self.weight)
