"""With a bias that the formula does not have.

misconception: extra-parameter
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(c))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return self.c * (X @ self.weight) + self.bias
