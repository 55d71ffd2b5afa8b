"""weight is the buffer and c the parameter.

misconception: not-a-parameter, c-trained
points: 2
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.register_buffer("weight", torch.randn(in_features))
        self.c = nn.Parameter(torch.tensor(float(c)))

    def forward(self, X):
        return self.c * (X @ self.weight)
