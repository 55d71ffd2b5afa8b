"""Joins along dimension 1, which is the last only for 2-D inputs.

misconception: joined-on-dim-1
points: 5
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=1)
