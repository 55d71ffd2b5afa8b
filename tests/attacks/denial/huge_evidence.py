"""Returns tensors of a hundred million values, as views of a single one.

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


ParallelBlock.forward = lambda self, X: torch.zeros(1).expand(100_000, 1000)
