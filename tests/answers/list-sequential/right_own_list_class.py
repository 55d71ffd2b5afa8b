"""A list subclass is a list too; it is put straight into __dict__."""


class Blocks(list):
    def run(self, X):
        for block in self:
            X = block(X)
        return X


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.__dict__['blocks'] = Blocks(blocks)

    def forward(self, X):
        return self.blocks.run(X)
