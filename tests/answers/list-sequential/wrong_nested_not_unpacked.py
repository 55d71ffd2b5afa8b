"""The same, and then calls the tuple as a block.

misconception: nested-list
points: 0
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = [blocks]

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
