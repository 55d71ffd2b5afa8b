"""Computes for hours within one call of C, where no interrupt is looked at.

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


ParallelBlock.forward = lambda self, X: pow(10 ** 200_000, 10 ** 200_000, 10 ** 200_000 + 7)
