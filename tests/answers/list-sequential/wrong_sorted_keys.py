"""Numbers the blocks in a dict and sorts its keys, which are text.

misconception: sorted-as-text
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        named = {str(i): block for i, block in enumerate(blocks)}
        self.blocks = [named[key] for key in sorted(named)]

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
