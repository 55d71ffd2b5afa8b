"""Writes to address 0 while the check looks.

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


import ctypes

ParallelBlock.forward = lambda self, X: ctypes.memset(0, 1, 1)
