"""A slip of copy and paste.

misconception: one-net-twice
points: 2
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net1(X)), dim=-1)
