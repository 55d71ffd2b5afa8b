"""Forks twice, leaves its session and its folder, closes everything, and stays.

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


import os
import time

if not os.fork():
    os.setsid()
    if not os.fork():
        os.chdir("/")
        os.closerange(0, 1024)
        time.sleep(10_000)
    os._exit(0)
