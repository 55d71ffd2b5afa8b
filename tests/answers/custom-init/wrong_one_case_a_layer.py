"""Draws the case once for the whole layer.

misconception: one-case-a-layer
points: 3
"""


import random


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        r = random.random()
        if r < 1 / 2:
            nn.init.uniform_(m.weight, 1, 2)
        elif r < 5 / 6:
            nn.init.zeros_(m.weight)
        else:
            nn.init.uniform_(m.weight, -4, -2)
        if m.bias is not None:
            nn.init.zeros_(m.bias)
