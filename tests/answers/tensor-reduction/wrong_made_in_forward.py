"""The weight is drawn anew in each call.

misconception: missing-parameter
points: 0
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.shape = in_features, in_features, out_features

    def forward(self, X):
        weight = nn.Parameter(torch.randn(self.shape))
        return torch.einsum("bi,ijk,bj->bk", X, weight, X)
