"""An attribute called train.

misconception: shadowed-modules
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)
        self.train = True

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
