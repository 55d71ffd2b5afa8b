"""Registered in __init__, and drawn again in each call.

misconception: made-in-forward
points: 0
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        self.weight = nn.Parameter(torch.randn_like(self.weight))
        return torch.einsum("bi,ijk,bj->bk", X, self.weight, X)
