"""Flattens X, as for images.

misconception: only-2-d
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        X = X.flatten(1)
        for block in self.blocks:
            X = block(X)
        return X
