"""weight is not a parameter.

misconception: not-a-parameter
points: 5
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = torch.randn(in_features, in_features, out_features)

    def forward(self, X):
        return torch.einsum("bi,ijk,bj->bk", X, self.weight, X)
