"""Runs copies of the blocks, made anew in each call: no gradient reaches the blocks.

misconception: copied-in-forward
points: 2
"""

import copy


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in copy.deepcopy(self.blocks):
            X = block(X)
        return X
