"""The nets hide in a list.

misconception: plain-list
points: 4
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.nets = [net1, net2]

    def forward(self, X):
        return torch.cat([net(X) for net in self.nets], dim=-1)
