"""requires_grad is off.

misconception: frozen-parameter
points: 5
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features), requires_grad=False)

    def forward(self, X):
        return torch.einsum("bi,ijk,bj->bk", X, self.weight, X)
