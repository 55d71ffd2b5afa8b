"""squeeze() takes the batch of one away, too.

misconception: squeezed
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(c))

    def forward(self, X):
        return self.c * (X @ self.weight.unsqueeze(1)).squeeze()
