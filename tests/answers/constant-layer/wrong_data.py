"""The gradient is cut off by .data.

misconception: cut-gradient
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(c))

    def forward(self, X):
        return self.c * torch.matmul(X, self.weight.data)
