"""An nn.Bilinear inside, with its own weight and no bias.

misconception: dimensions-swapped
points: 5
"""


class TensorReduction(nn.Bilinear):
    def __init__(self, in_features, out_features):
        super().__init__(in_features, in_features, out_features, bias=False)

    def forward(self, X):
        return super().forward(X, X)
