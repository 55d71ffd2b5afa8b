"""A while loop and an index."""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        i = 0
        while i < len(self.blocks):
            X = self.blocks[i](X)
            i += 1
        return X
