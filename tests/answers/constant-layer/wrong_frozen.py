"""c is a parameter without gradient.

misconception: c-frozen-parameter
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.c = nn.Parameter(torch.tensor(float(c)), requires_grad=False)

    def forward(self, X):
        return self.c * (X @ self.weight)
