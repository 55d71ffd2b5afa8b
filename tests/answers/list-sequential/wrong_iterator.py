"""Keeps an iterator, which is used up by the first call.

misconception: not-a-list, remembers-calls
points: 1
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = iter(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
