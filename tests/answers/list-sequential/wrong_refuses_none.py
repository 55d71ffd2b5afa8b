"""Refuses to be built without blocks.

misconception: no-blocks
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        assert len(blocks) > 0, 'no blocks'
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
