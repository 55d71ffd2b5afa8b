"""Switches to eval mode to be on the safe side.

misconception: switches-mode
points: 5
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        self.eval()
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)
