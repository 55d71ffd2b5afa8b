"""Every block gets the X that came in.

misconception: same-x
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            Y = block(X)
        return Y
