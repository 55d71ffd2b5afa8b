"""Both nets under one name, so the second replaces the first.

misconception: one-net-twice
points: 2
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net = net1
        self.net = net2

    def forward(self, X):
        return torch.cat((self.net(X), self.net(X)), dim=-1)
