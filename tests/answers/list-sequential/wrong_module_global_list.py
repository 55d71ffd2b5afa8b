"""A list beside the class collects the blocks.

misconception: shared-between-instances
points: 2
"""


BLOCKS = []

class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        BLOCKS.extend(blocks)
        self.blocks = BLOCKS

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
