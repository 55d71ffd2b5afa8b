"""Calls the list as if it were a net.

misconception: container-called
points: 1
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        return self.blocks(X)
