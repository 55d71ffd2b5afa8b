"""Writes the length of the example.

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
        return 3

    def __getitem__(self, i):
        return self.blocks[i]
