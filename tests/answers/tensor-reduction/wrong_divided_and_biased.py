"""Scales as in attention and adds a bias.

misconception: divided, extra-parameter
points: 2
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))
        self.bias = nn.Parameter(torch.randn(out_features))

    def forward(self, X):
        Y = torch.einsum("bi,bj,ijk->bk", X, X, self.weight)
        return Y / X.shape[1] ** 0.5 + self.bias
