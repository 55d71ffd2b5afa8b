"""Joins the outputs' .data.

misconception: cut-graph
points: 4
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        return torch.cat((self.net1(X).data, self.net2(X).data), dim=-1)
