"""Computes once and returns that for ever.

misconception: keeps-first-output
points: 5
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))
        self.Y = None

    def forward(self, X):
        if self.Y is None:
            self.Y = torch.einsum("bi,ijk,bj->bk", X, self.weight, X)
        return self.Y
