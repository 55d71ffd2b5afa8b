"""Builds a tensor without end while the check looks.

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
    while True:
        X = torch.cat((X, X))


ParallelBlock.forward = forward
