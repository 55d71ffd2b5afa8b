"""Calls them len and get.

misconception: no-special-method
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

    def len(self):
        return len(self.blocks)

    def getitem(self, i):
        return self.blocks[i]
