"""The attribute is called modules, as in the material that circulates.

misconception: shadowed-modules
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.modules = list(blocks)

    def forward(self, X):
        for module in self.modules:
            X = module(X)
        return X
