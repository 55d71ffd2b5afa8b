"""c is made a parameter, which an int cannot be.

misconception: c-trained
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.c = nn.Parameter(torch.tensor(c))

    def forward(self, X):
        return self.c * (X @ self.weight)
