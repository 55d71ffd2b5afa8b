"""Folds with reduce, and raises an IndexError of its own kind."""


from functools import reduce


class NoSuchBlock(IndexError):
    pass


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def forward(self, X):
        return reduce(lambda output, block: block(output), self.blocks, X)

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        try:
            return self.blocks[i]
        except IndexError:
            raise NoSuchBlock(f'no block {i}') from None
