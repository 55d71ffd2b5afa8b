"""Keeps the nets on the class, so the last block made wins.

misconception: shared-between-instances
points: 5
"""


class ParallelBlock(nn.Module):
    nets = []

    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2
        self.nets.append((net1, net2))

    def forward(self, X):
        return torch.cat([net(X) for net in self.nets[-1]], dim=-1)
