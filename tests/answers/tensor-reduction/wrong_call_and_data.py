"""__call__ in place of forward, and the weight's .data.

misconception: cut-gradient, overrides-call
points: 4
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def __call__(self, X):
        return torch.einsum("bi,bj,ijk->bk", X, X, self.weight.data)
