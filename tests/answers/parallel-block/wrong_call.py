"""Writes __call__ and no forward.

misconception: overrides-call
points: 5
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def __call__(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)
