"""A comprehension, and a list with something else in it beside."""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self._blocks = [block for block in blocks]
        self.order = list(range(len(blocks)))

    def forward(self, X):
        for i in self.order:
            X = self._blocks[i](X)
        return X
