"""An nn.Bilinear as an attribute.

misconception: other-name
points: 5
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.bilinear = nn.Bilinear(in_features, in_features, out_features, bias=False)

    def forward(self, X):
        return self.bilinear(X, X)
