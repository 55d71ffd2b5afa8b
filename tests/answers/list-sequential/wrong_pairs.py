"""A list of names and blocks.

misconception: not-a-list
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = [(str(i), block) for i, block in enumerate(blocks)]

    def forward(self, X):
        for name, block in self.blocks:
            X = block(X)
        return X
