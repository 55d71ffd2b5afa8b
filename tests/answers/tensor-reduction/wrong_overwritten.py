"""Y = in place of Y +=.

misconception: last-round-only
points: 3
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        for i in range(X.shape[1]):
            Y = X[:, i:i + 1] * (X @ self.weight[i])
        return Y
