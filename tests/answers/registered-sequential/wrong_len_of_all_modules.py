"""Counts all modules and takes itself away.

misconception: wrong-len
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
        return len(list(self.modules())) - 1

    def __getitem__(self, i):
        return self.blocks[i]
