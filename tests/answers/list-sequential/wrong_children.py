"""The attribute covers children, on which to, eval and apply stand.

misconception: shadowed-modules
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.children = [*blocks]

    def forward(self, X):
        for block in self.children:
            X = block(X)
        return X
