"""c is kept on the class, where the next instance overwrites it.

misconception: c-not-saved, shared-between-instances
points: 2
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        ConstantLayer.c = c

    def forward(self, X):
        return self.c * (X @ self.weight)
