"""c goes into the weight and then again into the output.

misconception: c-squared
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(c))

    def forward(self, X):
        weight = self.c * self.weight
        return self.c * (X @ weight)
