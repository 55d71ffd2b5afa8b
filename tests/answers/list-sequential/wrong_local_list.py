"""Makes the list a local variable.

misconception: missing-attribute, not-a-list
points: 0
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
