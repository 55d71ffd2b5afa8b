"""Recursion that forgets to return.

misconception: returned-nothing
points: 1
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        self.run(X, 0)

    def run(self, X, i):
        if i == len(self.blocks):
            return X
        return self.run(self.blocks[i](X), i + 1)
