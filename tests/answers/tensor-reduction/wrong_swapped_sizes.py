"""Outputs first among the arguments.

misconception: arguments-swapped
points: 3
"""


class TensorReduction(nn.Module):
    def __init__(self, out_features, in_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        return torch.einsum("bi,bj,ijk->bk", X, X, self.weight)
