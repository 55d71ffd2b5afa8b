"""Flattens X to two dimensions and leaves it so.

misconception: leading-lost
points: 5
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        X = X.reshape(-1, X.shape[-1])
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)
