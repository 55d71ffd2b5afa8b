"""Raises an exception whose message has a hundred million characters.

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


def forward(self, X):
    raise ValueError("x" * 100_000_000)


ParallelBlock.forward = forward
