"""The argument is called x, and X is the batch of a cell further up.

misconception: uses-global
points: 0
"""


X = torch.rand(2, 4)

class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))

    def forward(self, x):
        return self.c * (X @ self.weight)
