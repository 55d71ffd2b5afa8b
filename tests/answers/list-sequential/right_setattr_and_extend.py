"""setattr with a name of its own, extend for the blocks, and a repr that shows them."""


class ListSequential(nn.Module):
    attribute = "my_blocks"

    def __init__(self, *blocks):
        super().__init__()
        setattr(self, self.attribute, [])
        getattr(self, self.attribute).extend(blocks)

    def extra_repr(self):
        return ", ".join(type(b).__name__ for b in self.my_blocks)

    def forward(self, X):
        for b in getattr(self, self.attribute):
            X = b(X)
        return X
