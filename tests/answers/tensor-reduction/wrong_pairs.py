"""torch.combinations gives each pair once and no squares.

misconception: half-the-table
points: 3
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        i, j = torch.combinations(torch.arange(X.shape[1])).T
        return (X[:, i] * X[:, j]) @ self.weight[i, j]
