"""Keeps the list backwards and takes it from its end: the blocks still run in order."""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = []
        for block in blocks:
            self.blocks.insert(0, block)

    def forward(self, X):
        for block in reversed(self.blocks):
            X = block(X)
        return X
