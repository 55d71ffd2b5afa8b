"""Returns a dict with a million keys, and long ones.

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


ParallelBlock.forward = lambda self, X: {f"key {number}": number for number in range(1_000_000)}
