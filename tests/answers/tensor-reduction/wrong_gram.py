"""X times its transpose, over the batch.

misconception: samples-multiplied
points: 0
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        return torch.einsum("bc,bck->bk", X @ X.T, self.weight)
