"""All layers of one size share the weight.

misconception: shared-between-instances
points: 3
"""


class ConstantLayer(nn.Module):
    weights = {}

    def __init__(self, in_features, c):
        super().__init__()
        self.weight = self.weights.setdefault(in_features, nn.Parameter(torch.randn(in_features)))
        self.register_buffer("c", torch.tensor(float(c)))

    def forward(self, X):
        return self.c * (X @ self.weight)
