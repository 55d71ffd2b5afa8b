"""A list of the blocks to look at, and copies to compute with.

misconception: parameter-ignored
points: 2
"""


import copy

class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)
        self.order = copy.deepcopy(self.blocks)

    def forward(self, X):
        for block in self.order:
            X = block(X)
        return X
