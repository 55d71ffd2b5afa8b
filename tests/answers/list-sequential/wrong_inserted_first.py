"""Every block goes to the front of the list.

misconception: reversed-order
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = []
        for block in blocks:
            self.blocks.insert(0, block)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
