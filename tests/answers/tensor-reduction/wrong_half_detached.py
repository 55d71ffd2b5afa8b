"""The second X is detached, since once is enough for the gradient.

misconception: wrong-gradient
points: 5
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        return torch.einsum("bi,ijk,bj->bk", X, self.weight, X.detach())
