"""Makes a parameter straight from the number.

misconception: number-not-tensor
points: 0
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.c = nn.Parameter(c, requires_grad=False)

    def forward(self, X):
        return self.c * (X @ self.weight)
