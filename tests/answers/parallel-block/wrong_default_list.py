"""The nets of all blocks end up in one list, the default of an argument.

misconception: shared-between-instances
points: 5
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2, nets=nn.ModuleList()):
        super().__init__()
        nets.extend([net1, net2])
        self.nets = nets

    def forward(self, X):
        return torch.cat([net(X) for net in self.nets[-2:]], dim=-1)
