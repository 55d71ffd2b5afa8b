"""Calls the last block and no other.

misconception: only-last-block
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        if not self.blocks:
            return X
        return self.blocks[-1](X)
