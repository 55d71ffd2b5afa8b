"""Numbers out of X with item(), the weight as it is.

misconception: cut-gradient
points: 5
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        rows = []
        for x in X:
            numbers = x.tolist()
            rows.append(sum(a * b * self.weight[i, j] for i, a in enumerate(numbers) for j, b in enumerate(numbers)))
        return torch.stack(rows)
