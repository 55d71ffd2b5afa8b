"""Returns lists in lists in lists, deeper than a stack.

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
    nested = [X]
    for _ in range(100_000):
        nested = [nested]
    return nested


ParallelBlock.forward = forward
