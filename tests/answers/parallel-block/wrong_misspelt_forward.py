"""forward is misspelt.

misconception: no-forward
points: 0
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def foward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)
