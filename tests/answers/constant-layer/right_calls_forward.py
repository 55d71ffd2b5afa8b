"""A small module inside is called by its forward.

advice: calls-forward
"""


class Dot(nn.Module):
    def forward(self, X, w):
        return X @ w


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))
        self.dot = Dot()

    def forward(self, X):
        return self.c * self.dot.forward(X, self.weight)
