"""Calls its own forward on what the first block gives, with all blocks still to run.

misconception: endless-recursion
points: 1
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        if not self.blocks:
            return X
        return self.forward(self.blocks[0](X))
