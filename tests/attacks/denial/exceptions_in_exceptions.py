"""Raises groups of groups of exceptions, each the cause of the next.

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


def nested(depth):
    error = ValueError("x" * 1000)
    for _ in range(depth):
        outer = ExceptionGroup("group", [error, error])
        outer.__cause__ = error
        error = outer
    return error


def forward(self, X):
    raise nested(200)


ParallelBlock.forward = forward
raise nested(12)
