"""Wants an input for each net.

misconception: forward-wants-more
points: 0
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X1, X2):
        return torch.cat((self.net1(X1), self.net2(X2)), dim=-1)
