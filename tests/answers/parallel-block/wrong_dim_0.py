"""Forgets that cat joins along dimension 0 unless told otherwise.

misconception: joined-on-batch
points: 3
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)))
