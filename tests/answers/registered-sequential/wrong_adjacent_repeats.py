"""Leaves out a block that is the one before it.

misconception: duplicate-lost
points: 5
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList()
        for i, block in enumerate(blocks):
            if i == 0 or block is not blocks[i - 1]:
                self.blocks.append(block)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
