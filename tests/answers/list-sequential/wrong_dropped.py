"""Calls the blocks and keeps none of the results.

misconception: result-dropped
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            block(X)
        return X
