"""A plus between the two X.

misconception: added
points: 3
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        return torch.einsum("bij,ijk->bk", X.unsqueeze(2) + X.unsqueeze(1), self.weight)
