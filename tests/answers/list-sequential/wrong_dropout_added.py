"""Adds dropout between the blocks.

misconception: random-output
points: 1
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = F.dropout(block(X), 0.5, self.training)
        return X
