"""A property gives the list out of a private one."""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self._kept = [*blocks]

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    @property
    def blocks(self):
        return self._kept
