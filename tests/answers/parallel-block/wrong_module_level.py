"""The nets stand in a global list.

misconception: shared-between-instances
points: 5
"""


NETS = []


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        NETS.extend((net1, net2))
        self.nets = nn.ModuleList(NETS)

    def forward(self, X):
        return torch.cat((self.nets[-2](X), self.nets[-1](X)), dim=-1)
