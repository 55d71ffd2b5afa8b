"""The list is a default argument of a helper that collects blocks.

misconception: shared-between-instances
points: 2
"""


def collect(new, blocks=[]):
    blocks += new
    return blocks


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = collect(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
