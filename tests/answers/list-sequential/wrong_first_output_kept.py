"""Keeps the first result and returns it from then on.

misconception: keeps-first-output
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)
        self.output = None

    def forward(self, X):
        if self.output is None:
            for block in self.blocks:
                X = block(X)
            self.output = X
        return self.output
