"""The first call makes the weight.

misconception: made-late
points: 5
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.in_features, self.out_features = in_features, out_features
        self.weight = None

    def forward(self, X):
        if self.weight is None:
            self.weight = nn.Parameter(torch.randn(self.in_features, self.in_features, self.out_features).to(X))
        return torch.einsum("bi,ijk,bj->bk", X, self.weight, X)
