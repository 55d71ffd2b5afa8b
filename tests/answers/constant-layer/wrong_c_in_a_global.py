"""Keeps c in a global variable, which the next layer overwrites.

misconception: c-not-saved, shared-between-instances
points: 2
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        global C
        C = c
        self.weight = nn.Parameter(torch.randn(in_features))

    def forward(self, X):
        return C * (X @ self.weight)
