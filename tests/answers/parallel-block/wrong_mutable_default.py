"""Gathers the outputs in a list that is made once for all calls.

misconception: remembers-calls
points: 3
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X, outputs=[]):
        outputs.append(self.net1(X))
        outputs.append(self.net2(X))
        return torch.cat(outputs, dim=-1)
