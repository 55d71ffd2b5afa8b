"""Hands out copies of its blocks, so that nobody can change them.

misconception: copied-item
points: 5
"""

import copy


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
        return copy.deepcopy(self.blocks[i])
