"""Sleeps for ever inside forward, while the check looks, and catches what would wake it.

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


import time


def forward(self, X):
    while True:
        try:
            time.sleep(1000)
        except BaseException:
            pass


ParallelBlock.forward = forward
