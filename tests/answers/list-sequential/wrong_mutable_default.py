"""A default argument that every instance appends to.

misconception: shared-between-instances
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks, store=[]):
        super().__init__()
        self.blocks = store
        self.blocks.extend(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
