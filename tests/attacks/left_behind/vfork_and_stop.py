"""Leaves children that are stopped, traced and in the middle of things.

exercise: parallel-block
points: 6
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
import signal
import time

libc = ctypes.CDLL(None)
for number in range(5):
    child = os.fork()
    if not child:
        libc.ptrace(0, 0, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        time.sleep(10_000)
