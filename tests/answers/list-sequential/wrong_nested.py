"""Thinks that brackets turn the tuple into a list.

misconception: nested-list
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = [blocks]

    def forward(self, X):
        for block in self.blocks[0]:
            X = block(X)
        return X
