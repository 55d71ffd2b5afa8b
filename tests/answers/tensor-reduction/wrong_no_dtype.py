"""Room for the result is made in torch's default dtype.

misconception: wrong-dtype
points: 5
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        Y = torch.zeros(X.shape[0], self.weight.shape[2])
        for i in range(X.shape[1]):
            for j in range(X.shape[1]):
                Y += (X[:, i] * X[:, j]).unsqueeze(1) * self.weight[i, j]
        return Y
