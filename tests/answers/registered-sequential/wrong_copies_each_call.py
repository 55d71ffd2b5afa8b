"""Runs copies of the blocks, made anew in each call: no gradient reaches the blocks.

misconception: copied-in-forward
points: 5
"""

import copy


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def forward(self, X):
        for block in copy.deepcopy(self.blocks):
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
