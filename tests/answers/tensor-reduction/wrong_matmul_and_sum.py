"""Broadcast matrix product, then a sum: the same, less visibly.

misconception: one-factor
points: 3
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        return (X @ self.weight).sum(dim=0)
