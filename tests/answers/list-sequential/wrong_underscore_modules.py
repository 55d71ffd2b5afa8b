"""Puts the list where nn.Module keeps its register.

misconception: shadowed-modules
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self._modules = list(blocks)

    def forward(self, X):
        for block in self._modules:
            X = block(X)
        return X
