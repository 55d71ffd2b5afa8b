"""Takes the blocks out of the list: a second call finds none.

misconception: remembers-calls
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        while self.blocks:
            X = self.blocks.pop(0)(X)
        return X
