"""Names and blocks in turn in one list.

misconception: not-a-list
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = []
        for i, block in enumerate(blocks):
            self.blocks += [f'block {i}', block]

    def forward(self, X):
        for block in self.blocks[1::2]:
            X = block(X)
        return X
