"""Gives each net half of X.

misconception: shapes-do-not-fit
points: 0
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        X1, X2 = X.chunk(2, dim=-1)
        return torch.cat((self.net1(X1), self.net2(X2)), dim=-1)
