"""Divides X in place, and multiplies the outputs' inputs back.

misconception: changes-input
points: 5
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        X /= 2
        return torch.cat((self.net1(X * 2), self.net2(X * 2)), dim=-1)
