"""Inherits all of it.

misconception: subclassed-container
points: 0
"""


class ListSequential(nn.Sequential):
    pass
