"""Inherits from nn.ModuleList and adds a forward.

misconception: subclassed-container
points: 0
"""


class RegisteredSequential(nn.ModuleList):
    def __init__(self, *blocks):
        super().__init__(blocks)

    def forward(self, X):
        for block in self:
            X = block(X)
        return X
