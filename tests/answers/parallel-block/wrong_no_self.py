"""Forgets self. in forward.

misconception: undefined-name
points: 0
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        return torch.cat((net1(X), net2(X)), dim=-1)
