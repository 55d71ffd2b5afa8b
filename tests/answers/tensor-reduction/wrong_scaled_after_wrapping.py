"""The parameter is multiplied by 0.01, and the result is no parameter.

misconception: not-a-parameter
points: 5
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features)) * 0.01

    def forward(self, X):
        return torch.einsum("bi,ijk,bj->bk", X, self.weight, X)
