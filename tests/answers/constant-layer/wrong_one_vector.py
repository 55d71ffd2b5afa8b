"""torch.dot, as for a single x.

misconception: takes-one-vector
points: 0
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))

    def forward(self, x):
        return self.c * torch.dot(self.weight, x)
