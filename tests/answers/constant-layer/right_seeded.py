"""Sets the seed of the whole notebook, which costs nothing here.

advice: changes-the-whole-notebook
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        torch.manual_seed(0)
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))

    def forward(self, X):
        return self.c * (X @ self.weight)
