"""A dict by number.

misconception: not-a-list
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = {i: block for i, block in enumerate(blocks)}

    def forward(self, X):
        for i in range(len(self.blocks)):
            X = self.blocks[i](X)
        return X
