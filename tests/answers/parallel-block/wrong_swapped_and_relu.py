"""net2 first, and a ReLU at the end.

misconception: swapped, activation-added
points: 4
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        return torch.cat((self.net2(X), self.net1(X)), dim=-1).relu()
