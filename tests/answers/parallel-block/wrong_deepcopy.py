"""Keeps copies of the nets: what is trained is not what was given.

misconception: copied-blocks
points: 4
"""


from copy import deepcopy


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = deepcopy(net1)
        self.net2 = deepcopy(net2)

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)
