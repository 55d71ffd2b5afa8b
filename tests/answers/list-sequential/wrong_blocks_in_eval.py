"""Sets every block to eval before it runs.

misconception: switches-mode
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block.eval()(X)
        return X
