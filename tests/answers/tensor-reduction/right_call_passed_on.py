"""Checks the number of dimensions in a __call__ of its own, and passes the call on.

advice: own-call
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def __call__(self, X):
        assert X.ndim == 2
        return super().__call__(X)

    def forward(self, X):
        return torch.einsum("bi,ijk,bj->bk", X, self.weight, X)
