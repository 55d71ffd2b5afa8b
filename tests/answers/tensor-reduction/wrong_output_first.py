"""W_kij: the output comes first, as in nn.Bilinear.

misconception: dimensions-swapped
points: 5
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features, in_features))

    def forward(self, X):
        return torch.einsum("bi,kij,bj->bk", X, self.weight, X)
