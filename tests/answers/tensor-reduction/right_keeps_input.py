"""Notes the last input, and never reads it.

advice: kept-unused
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        self.last_input = X
        return torch.einsum("bi,ijk,bj->bk", X, self.weight, X)
