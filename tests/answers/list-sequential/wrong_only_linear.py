"""Keeps linear layers only in the calculation.

misconception: only-with-parameters
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            if isinstance(block, nn.Linear):
                X = block(X)
        return X
