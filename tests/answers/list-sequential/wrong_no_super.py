"""Forgets super().__init__().

misconception: no-super-init
points: 1
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
