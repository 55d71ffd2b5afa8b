"""A parameters() that goes through the list, so that the optimizer finds them.

misconception: shadowed-modules
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def parameters(self):
        for block in self.blocks:
            yield from block.parameters()
