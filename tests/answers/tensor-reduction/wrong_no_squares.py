"""A pair consists of two different features.

misconception: no-squares
points: 3
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        mask = 1 - torch.eye(X.shape[1], dtype=X.dtype)
        return torch.einsum("bi,bj,ij,ijk->bk", X, X, mask, self.weight)
