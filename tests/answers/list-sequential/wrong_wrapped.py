"""Puts each block into an nn.Sequential of its own.

misconception: not-a-list
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = [nn.Sequential(block) for block in blocks]

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
