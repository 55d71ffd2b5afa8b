"""A try that would hide any error.

advice: catches-everything
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))

    def forward(self, X):
        try:
            return self.c * (X @ self.weight)
        except:
            return self.c * X.matmul(self.weight)
