"""The list stands on the class and grows with every instance.

misconception: shared-between-instances
points: 2
"""


class ListSequential(nn.Module):
    blocks = []

    def __init__(self, *blocks):
        super().__init__()
        for block in blocks:
            self.blocks.append(block)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
