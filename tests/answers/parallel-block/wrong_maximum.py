"""Keeps the larger of the two outputs at each place.

misconception: maximum
points: 3
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        return torch.maximum(self.net1(X), self.net2(X))
