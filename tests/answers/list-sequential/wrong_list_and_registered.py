"""A list, and every block registered as well.

misconception: registered
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)
        for i, block in enumerate(blocks):
            setattr(self, f'block{i}', block)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
