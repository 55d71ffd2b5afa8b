"""Computes in double precision, to be exact.

misconception: wrong-dtype
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        X = X.double()
        for block in self.blocks:
            X = block.double()(X)
        return X
