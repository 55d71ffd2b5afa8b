"""forward wants a second argument.

misconception: forward-wants-more
points: 1
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X, blocks):
        for block in blocks:
            X = block(X)
        return X
