"""weight without self., and the notebook has a tensor of that name.

misconception: global-parameter
points: 0
"""


weight = torch.tensor([[[1.], [2.]], [[3.], [4.]]])


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        return torch.einsum("bi,bj,ijk->bk", X, X, weight)
