"""A list of parameters beside, under the name of the method.

misconception: shadowed-modules
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)
        self.parameters = [p for block in blocks for p in block.parameters()]

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
