"""Loops in __del__, in atexit, in weak references, when something ends.

exercise: parallel-block
points: 6
breaks: denial
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)


import atexit
import weakref


class Clinging:
    def __del__(self):
        while True:
            pass


atexit.register(Clinging().__del__)
weakref.finalize(ParallelBlock, Clinging.__del__, None)
keep = Clinging()
