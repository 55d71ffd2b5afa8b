"""Registers at the first call.

misconception: registered-late
points: 4
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.given = blocks

    def forward(self, X):
        self.blocks = nn.ModuleList(self.given)
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.given)

    def __getitem__(self, i):
        return self.given[i]
