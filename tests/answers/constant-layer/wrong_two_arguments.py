"""forward wants c as well.

misconception: forward-wants-more
points: 0
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))

    def forward(self, X, c):
        return c * (X @ self.weight)
