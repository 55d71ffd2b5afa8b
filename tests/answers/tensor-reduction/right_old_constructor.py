"""Makes room with torch.Tensor and fills it.

advice: old-constructor
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.Tensor(in_features, in_features, out_features))
        nn.init.uniform_(self.weight, -0.1, 0.1)

    def forward(self, X):
        return torch.einsum("bi,bj,ijk->bk", X, X, self.weight)
