"""Misspells forward.

misconception: no-forward
points: 1
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def foward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
