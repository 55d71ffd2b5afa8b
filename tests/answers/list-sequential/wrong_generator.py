"""A generator expression in place of a list.

misconception: not-a-list, remembers-calls
points: 1
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = (block for block in blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
