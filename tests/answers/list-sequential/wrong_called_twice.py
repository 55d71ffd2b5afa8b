"""Calls each block to look at the shape, and then with its own result again.

misconception: run-again
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
            assert block(X) is not None
            X = block(X)
        return X
