"""Multiplies the weight itself by c in every call.

misconception: changes-parameters
points: 2
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))

    def forward(self, X):
        self.weight.data *= self.c
        return X @ self.weight
