"""A ReLU over the joined output.

misconception: activation-added
points: 4
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        return F.relu(torch.cat((self.net1(X), self.net2(X)), dim=-1))
