"""torch.Tensor of one number; it moves all the same.

advice: old-constructor
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.Tensor([c]))

    def forward(self, X):
        return self.c * (X @ self.weight)
