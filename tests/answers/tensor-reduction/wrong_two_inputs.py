"""forward takes two inputs, as nn.Bilinear does.

misconception: forward-wants-more
points: 0
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X1, X2):
        return torch.einsum("bi,bj,ijk->bk", X1, X2, self.weight)
