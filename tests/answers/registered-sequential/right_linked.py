"""Each net holds a block and the rest of the net."""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.first = blocks[0] if blocks else None
        self.rest = RegisteredSequential(*blocks[1:]) if blocks else None

    def forward(self, X):
        return X if self.first is None else self.rest(self.first(X))

    def __len__(self):
        return 0 if self.first is None else 1 + len(self.rest)

    def __getitem__(self, i):
        if not -len(self) <= i < len(self):
            raise IndexError(i)
        i %= len(self)
        return self.first if i == 0 else self.rest[i - 1]
