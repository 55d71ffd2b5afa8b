"""A block that is there already is not added again.

misconception: duplicate-lost
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = []
        for block in blocks:
            if block not in self.blocks:
                self.blocks.append(block)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
