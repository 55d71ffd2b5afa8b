"""Takes the mean of each block's input and output, to keep the numbers small.

misconception: wrong-values
points: 1
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            Y = block(X)
            X = (X + Y) / 2 if X.shape == Y.shape else Y
        return X
