"""Uses a name that __init__ did not assign.

misconception: missing-attribute
points: 0
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net_2(X)), dim=-1)
