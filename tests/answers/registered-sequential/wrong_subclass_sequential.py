"""Inherits from nn.Sequential.

misconception: subclassed-container
points: 0
"""


class RegisteredSequential(nn.Sequential):
    pass
