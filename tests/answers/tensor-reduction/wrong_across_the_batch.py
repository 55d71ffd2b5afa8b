"""X.T @ X adds up over the samples.

misconception: samples-mixed
points: 2
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        return torch.einsum("ij,ijk->k", X.T @ X, self.weight).expand(X.shape[0], -1)
