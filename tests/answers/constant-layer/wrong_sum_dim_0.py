"""Sums along dimension 0.

misconception: summed-over-batch
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))

    def forward(self, X):
        return self.c * (X * self.weight).sum(dim=0)
