"""Adds the input once, at the end.

misconception: input-added
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        output = X
        for block in self.blocks:
            output = block(output)
        return output + X
