"""A default argument keeps one weight for all layers of a size.

misconception: shared-between-instances
points: 5
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features, weights={}):
        super().__init__()
        shape = (in_features, in_features, out_features)
        if shape not in weights:
            weights[shape] = nn.Parameter(torch.randn(shape))
        self.weight = weights[shape]

    def forward(self, X):
        return torch.einsum("bi,ijk,bj->bk", X, self.weight, X)
