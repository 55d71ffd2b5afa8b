"""Half of the table, doubled: right only for a symmetric weight.

misconception: half-the-table, doubled
points: 3
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        products = (X.unsqueeze(2) * X.unsqueeze(1)).triu()
        return 2 * torch.einsum("bij,ijk->bk", products, self.weight)
