"""Makes W symmetric and forgets to halve it.

misconception: doubled
points: 3
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        W = self.weight + self.weight.transpose(0, 1)
        return torch.einsum("bi,ijk,bj->bk", X, W, X)
