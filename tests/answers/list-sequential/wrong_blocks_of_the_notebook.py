"""Goes through the notebook's own blocks.

misconception: global-in-place-of-given
points: 1
"""


blocks = [nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 4)]

class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in blocks:
            X = block(X)
        return X
