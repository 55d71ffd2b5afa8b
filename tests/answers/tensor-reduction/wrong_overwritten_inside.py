"""Two loops, and each term replaces the one before.

misconception: last-round-only
points: 3
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        for i in range(X.shape[1]):
            for j in range(X.shape[1]):
                Y = (X[:, i] * X[:, j]).unsqueeze(1) * self.weight[i, j]
        return Y
