"""view brings the outputs to the front.

misconception: reshaped
points: 3
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        n, _, m = self.weight.shape
        return F.bilinear(X, X, self.weight.view(m, n, n))
