"""Takes the number out of the buffer too early.

misconception: c-not-read
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))
        self.factor = self.c.item()

    def forward(self, X):
        return self.factor * (X @ self.weight)
