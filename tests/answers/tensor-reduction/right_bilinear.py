"""F.bilinear wants (out, in, in)."""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        return F.bilinear(X, X, self.weight.permute(2, 0, 1))
