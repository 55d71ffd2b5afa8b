"""tensordot, then a batched product; the weight is in a ParameterDict behind a property."""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        start = torch.normal(0, 1 / in_features, (in_features, in_features, out_features))
        self.params = nn.ParameterDict({'W': start})

    weight = property(lambda self: self.params['W'])

    def forward(self, X):
        half = torch.tensordot(X, self.weight, dims=([1], [0]))  # (batch, j, k)
        return torch.matmul(X[:, None, :], half)[:, 0, :]
