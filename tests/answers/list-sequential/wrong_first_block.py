"""Takes block 0 for granted.

misconception: no-blocks
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        output = self.blocks[0](X)
        for block in self.blocks[1:]:
            output = block(output)
        return output
