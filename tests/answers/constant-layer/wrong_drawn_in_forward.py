"""Draws a weight in every call.

misconception: made-in-forward
points: 0
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))

    def forward(self, X):
        weight = nn.Parameter(torch.randn(X.shape[1]))
        return self.c * (X @ weight)
