"""Takes the weight through float32, whatever the layer was moved to.

misconception: float32-inside
points: 5
"""

class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        W = self.weight.float().to(X.dtype)
        return torch.einsum("bi,ijk,bj->bk", X, W, X)
