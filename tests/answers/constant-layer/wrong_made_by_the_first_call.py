"""Makes the weight when the first X arrives.

misconception: made-late
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.register_buffer("c", torch.tensor(float(c)))

    def forward(self, X):
        if not hasattr(self, "weight"):
            self.weight = nn.Parameter(torch.randn(X.shape[1]))
        return self.c * (X @ self.weight)
