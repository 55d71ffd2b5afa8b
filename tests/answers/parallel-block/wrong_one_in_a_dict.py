"""One net is registered, the other hides in a dict.

misconception: plain-list
points: 4
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.others = {"net2": net2}

    def forward(self, X):
        return torch.cat((self.net1(X), self.others["net2"](X)), dim=-1)
