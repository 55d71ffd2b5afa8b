"""Takes c through float32, whatever the layer was moved to.

misconception: float32-inside
points: 3
"""

class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(c))

    def forward(self, X):
        return self.c.float() * (X @ self.weight)
