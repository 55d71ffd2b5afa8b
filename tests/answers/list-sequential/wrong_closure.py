"""Keeps the blocks in a function.

misconception: not-a-list
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        def run(X):
            for block in blocks:
                X = block(X)
            return X
        self.run = run

    def forward(self, X):
        return self.run(X)
