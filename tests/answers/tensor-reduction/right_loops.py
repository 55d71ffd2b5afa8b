"""Four loops; slow, and right.

advice: loop-over-the-batch
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        n, m = self.weight.shape[1:]
        Y = torch.zeros(X.shape[0], m, dtype=X.dtype, device=X.device)
        for b in range(X.shape[0]):
            for k in range(m):
                for i in range(n):
                    for j in range(n):
                        Y[b, k] += self.weight[i, j, k] * X[b, i] * X[b, j]
        return Y
