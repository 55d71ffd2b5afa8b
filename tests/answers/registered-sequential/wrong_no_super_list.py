"""Forgets super().__init__(), which a plain list only notices later.

misconception: no-super-init
points: 1
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
