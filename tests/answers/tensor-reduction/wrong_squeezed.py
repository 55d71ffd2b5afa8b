"""squeeze() takes the batch of one away, too.

misconception: squeezed
points: 5
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        XW = torch.einsum("bi,ijk->bjk", X, self.weight)
        return torch.bmm(X.unsqueeze(1), XW).squeeze()
