"""Without blocks the result has no name yet.

misconception: no-blocks
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        result = None
        for block in self.blocks:
            result = block(X if result is None else result)
        return result
