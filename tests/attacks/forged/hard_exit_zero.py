"""Ends the whole process with status 0 in the middle of the check.

exercise: parallel-block
points: 0
breaks: forged-result
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return X


import os

ParallelBlock.forward = lambda self, X: os._exit(0)
