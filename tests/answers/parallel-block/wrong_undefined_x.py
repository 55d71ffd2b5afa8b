"""The argument is called x, and there is no X in the notebook.

misconception: undefined-name
points: 0
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, x):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)
