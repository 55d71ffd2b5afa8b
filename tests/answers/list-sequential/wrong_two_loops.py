"""A loop inside a loop: every block runs as often as there are blocks.

misconception: run-again
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for i in range(len(self.blocks)):
            for block in self.blocks:
                X = block(X)
        return X
