"""Writes into self._modules as MySequential of the chapter does; index through a tuple of the values."""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self._modules.update((str(i), block) for i, block in enumerate(blocks))

    def __len__(self):
        return len(self._modules)

    def __getitem__(self, i):
        return tuple(self._modules.values())[i]

    def forward(self, X):
        for block in self:      # __getitem__ + IndexError = iterable
            X = block(X)
        return X
