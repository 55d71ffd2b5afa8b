"""Gives a single sample a batch dimension, in place: X has a dimension more from then on.

misconception: leading-lost, changes-input
points: 4
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        if X.ndim == 1:
            X.unsqueeze_(0)
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)
