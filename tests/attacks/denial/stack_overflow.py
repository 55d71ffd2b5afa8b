"""Overflows the stack of C, in its answer.

exercise: parallel-block
points: 0
breaks: denial
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)


import sys

sys.setrecursionlimit(10 ** 9)
nested = None
for _ in range(2_000_000):
    nested = (nested,)
hash(nested)
repr(nested)
