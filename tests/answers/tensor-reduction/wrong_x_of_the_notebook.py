"""forward(self, x) computes with the X of the cell above.

misconception: uses-global
points: 0
"""


X = torch.tensor([[1., 10.]])


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, x):
        return torch.einsum("bi,ijk,bj->bk", X, self.weight, X)
