"""Has hundreds of attributes with names of thousands of letters, so that the card that speaks of them has megabytes.

exercise: list-sequential
points: 2
breaks: denial
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        for number in range(400):
            setattr(self, f"{number:04}" + "x" * 9000, ())
        self.blocks = tuple(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
