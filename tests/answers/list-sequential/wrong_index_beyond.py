"""Counts one too far.

misconception: index-out-of-range
points: 1
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for i in range(len(self.blocks) + 1):
            X = self.blocks[i](X)
        return X
