"""Freezes the blocks, as they are not registered anyway.

misconception: frozen-parameter
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)
        for block in self.blocks:
            block.requires_grad_(False)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
