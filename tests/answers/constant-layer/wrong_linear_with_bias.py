"""An nn.Linear with everything it has.

misconception: column-kept, other-name
points: 2
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.linear = nn.Linear(in_features, 1)
        self.register_buffer("c", torch.tensor(float(c)))

    def forward(self, X):
        return self.c * self.linear(X)
