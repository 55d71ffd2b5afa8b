"""All weights are slices of one tensor on the class.

misconception: shared-between-instances
points: 5
"""


class TensorReduction(nn.Module):
    pool = torch.randn(32, 32, 32)

    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(self.pool[:in_features, :in_features, :out_features])

    def forward(self, X):
        return torch.einsum("bi,bj,ijk->bk", X, X, self.weight)
