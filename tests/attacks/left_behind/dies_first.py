"""Starts a daemon and then kills itself, so that nobody is left to ask for it.

exercise: parallel-block
points: 0
breaks: left-behind
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)


import ctypes
import os
import time

if not os.fork():
    os.setsid()
    if not os.fork():
        time.sleep(10_000)
    os._exit(0)
ctypes.memset(0, 1, 1)
