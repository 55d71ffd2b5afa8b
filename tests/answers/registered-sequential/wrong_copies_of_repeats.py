"""Copies a block that comes again, to get it in twice.

misconception: counted-twice
points: 5
"""


import copy


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList()
        for block in blocks:
            self.blocks.append(copy.deepcopy(block) if any(block is old for old in self.blocks) else block)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
