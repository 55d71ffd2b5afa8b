"""The weight has one row a product.

misconception: weight-flattened
points: 5
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features ** 2, out_features))

    def forward(self, X):
        return (X.unsqueeze(2) * X.unsqueeze(1)).flatten(1) @ self.weight
