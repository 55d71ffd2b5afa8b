"""Raises an exception whose text is never done.

exercise: parallel-block
points: 0
breaks: denial
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return X


class Endless(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = __str__


def forward(self, X):
    raise Endless


ParallelBlock.forward = forward
