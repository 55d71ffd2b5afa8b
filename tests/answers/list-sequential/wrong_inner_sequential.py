"""Leaves the work to an nn.Sequential.

misconception: registered
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.net = nn.Sequential(*blocks)

    def forward(self, X):
        return self.net(X)
