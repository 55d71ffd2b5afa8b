"""The result is kept and added to in the next call.

misconception: remembers-calls
points: 5
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))
        self.out_features = out_features
        self.Y = {}

    def forward(self, X):
        Y = torch.einsum("bi,ijk,bj->bk", X, self.weight, X)
        self.Y[len(X)] = self.Y.get(len(X), 0) + Y
        return self.Y[len(X)]
