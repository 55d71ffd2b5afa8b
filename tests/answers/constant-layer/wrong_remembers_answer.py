"""Keeps the first result in self.y to save time and returns it again; also writes __call__.

misconception: keeps-first-output
points: 2
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))
        self.y = None

    def __call__(self, X):
        if self.y is None:
            self.y = self.c * (X @ self.weight)
        return self.y
