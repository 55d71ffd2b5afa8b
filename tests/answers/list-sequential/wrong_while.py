"""A while loop that never reaches its step.

misconception: parameter-ignored
points: 1
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        i = 0
        while i < len(self.blocks):
            X = self.blocks[i](X)
            i += 2
        return X
