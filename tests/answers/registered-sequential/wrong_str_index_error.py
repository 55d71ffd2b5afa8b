"""Raises IndexError only above.

misconception: no-index-error
points: 5
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        if i >= len(self.blocks):
            raise IndexError(i)
        return list(self.blocks)[i % len(self.blocks)]
