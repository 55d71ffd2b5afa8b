"""A default list that nobody changes.

advice: mutable-default
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X, more=[]):
        for block in [*self.blocks, *more]:
            X = block(X)
        return X
