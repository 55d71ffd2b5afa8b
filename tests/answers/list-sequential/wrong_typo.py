"""Spells the attribute in two ways.

misconception: missing-attribute
points: 1
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.block:
            X = block(X)
        return X
