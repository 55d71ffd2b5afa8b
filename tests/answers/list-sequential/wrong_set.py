"""Keeps the blocks in a set.

misconception: duplicate-lost, not-a-list
points: 1
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = {block: None for block in blocks}

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
