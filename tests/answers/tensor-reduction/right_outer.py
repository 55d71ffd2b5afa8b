"""All products first, flattened, then one matrix product."""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X):
        products = X.unsqueeze(2) * X.unsqueeze(1)
        return products.flatten(1) @ self.weight.flatten(0, 1)
