"""Writes __call__ in place of forward.

misconception: overrides-call
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def __call__(self, X):
        for block in self.blocks:
            X = block(X)
        return X
