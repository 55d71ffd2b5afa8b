"""Returns what each block makes of X.

misconception: same-x
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        return [block(X) for block in self.blocks]
