"""One number for the whole batch.

misconception: samples-mixed
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(c))

    def forward(self, X):
        return self.c * (self.weight * X).sum()
