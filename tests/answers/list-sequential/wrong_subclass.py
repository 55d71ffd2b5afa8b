"""Inherits all of it.

misconception: registered
points: 0
"""


class ListSequential(nn.Sequential):
    pass
