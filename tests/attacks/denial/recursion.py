"""Recurses without end, with the limit on recursion taken away.

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


import sys

sys.setrecursionlimit(10 ** 9)


def forward(self, X):
    return self(X)


ParallelBlock.forward = forward
