"""The sizes of the example, 2 and 1, are in the code.

misconception: sizes-written-in
points: 0
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        products = (X[:, :, None] * X[:, None, :]).reshape(-1, 4)
        return products @ self.weight.reshape(4, 1)
