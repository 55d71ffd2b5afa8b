"""c goes into the starting values of weight, and nowhere else.

misconception: c-unused, c-not-saved
points: 2
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(c * torch.randn(in_features))

    def forward(self, X):
        return X @ self.weight
