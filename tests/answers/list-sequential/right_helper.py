"""A helper beside the class runs the blocks."""


def run(blocks, X):
    return run(blocks[1:], blocks[0](X)) if blocks else X

class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        return run(self.blocks, X)
