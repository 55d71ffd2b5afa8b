"""Scales the output of each block by chance, with a generator that stands in a global variable.

misconception: random-output
points: 1
"""


import random

rng = random.Random()


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
            X = X * (rng.random() + 0.5)
        return X
