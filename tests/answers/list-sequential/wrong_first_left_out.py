"""Starts to count at 1.

misconception: first-left-out
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for i in range(1, len(self.blocks)):
            X = self.blocks[i](X)
        return X
