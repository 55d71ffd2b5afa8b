"""c is a parameter, and under another name.

misconception: c-trained
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.constant = nn.Parameter(torch.tensor(float(c)))

    def forward(self, X):
        return self.constant * (X @ self.weight)
