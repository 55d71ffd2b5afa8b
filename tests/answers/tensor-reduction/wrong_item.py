"""Numbers taken out of tensors with item().

misconception: cut-graph
points: 5
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        n, m = self.weight.shape[1:]
        Y = [[sum(self.weight[i, j, k].item() * x[i].item() * x[j].item() for i in range(n) for j in range(n))
              for k in range(m)] for x in X]
        return torch.tensor(Y, dtype=X.dtype)
