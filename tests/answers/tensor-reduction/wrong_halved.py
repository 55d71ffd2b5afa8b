"""Halves the sum, since every pair occurs twice.

misconception: divided
points: 3
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        return torch.einsum("bi,ijk,bj->bk", X, self.weight, X) / 2
