"""Gives the joined output a dimension of size 1 at the end.

misconception: wrong-shape
points: 0
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1).unsqueeze(-1)
