"""Each block gets the original X, and the last one is left out.

misconception: last-left-out, same-x
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks[:-1]:
            Y = block(X)
        return Y
