"""Puts the blocks into the list in forward.

misconception: tuple-not-list
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.given = blocks
        self.blocks = []

    def forward(self, X):
        for block in self.given:
            self.blocks.append(block)
            X = block(X)
        return X
