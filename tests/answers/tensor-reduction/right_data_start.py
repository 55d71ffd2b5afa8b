"""Draws the first values through .data.

advice: data
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(in_features, in_features, out_features))
        self.weight.data.normal_(0, 0.01)

    def forward(self, X):
        return torch.einsum("bi,bj,ijk->bk", X, X, self.weight)
