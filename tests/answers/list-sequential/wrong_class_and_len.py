"""A property for the blocks that makes copies of the list with one more.

misconception: not-a-list
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks) + [nn.Identity()]

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
