"""Returns a list that contains itself.

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
    nested.append(nested)
    return nested


ParallelBlock.forward = forward
