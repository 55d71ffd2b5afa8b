"""The first product is right; its result is split up in the wrong order.

misconception: reshaped
points: 3
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        n, _, m = self.weight.shape
        half = (X @ self.weight.reshape(n, n * m)).reshape(len(X), m, n)
        return (half @ X.unsqueeze(2)).squeeze(2)
