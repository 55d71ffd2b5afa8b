"""Room for the result is made in the first call only.

misconception: fixed-batch
points: 5
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))
        self.batch = None

    def forward(self, X):
        self.batch = self.batch or len(X)
        products = (X.unsqueeze(2) * X.unsqueeze(1)).reshape(self.batch, -1)
        return products @ self.weight.flatten(0, 1)
