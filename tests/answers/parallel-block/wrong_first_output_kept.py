"""Keeps the first output and gives it back ever after.

misconception: keeps-first-output
points: 3
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2
        self.output = None

    def forward(self, X):
        if self.output is None:
            self.output = torch.cat((self.net1(X), self.net2(X)), dim=-1)
        return self.output
