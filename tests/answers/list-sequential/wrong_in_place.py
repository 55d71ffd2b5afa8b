"""Writes the result over the input.

misconception: changes-input
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            Y = block(X)
            if Y.shape == X.shape and not X.requires_grad:
                X.data.copy_(Y)
            else:
                X = Y
        return X
