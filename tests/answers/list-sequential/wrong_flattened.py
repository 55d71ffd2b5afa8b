"""Takes the blocks out of an inner nn.Sequential.

misconception: not-a-list
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = []
        for block in blocks:
            if isinstance(block, nn.Sequential):
                self.blocks.extend(block)
            else:
                self.blocks.append(block)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
