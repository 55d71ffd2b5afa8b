"""Only i <= j, as if W were symmetric.

misconception: half-the-table
points: 3
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        Y = 0
        for i in range(X.shape[1]):
            for j in range(i, X.shape[1]):
                Y = Y + (X[:, i] * X[:, j]).unsqueeze(1) * self.weight[i, j]
        return Y
