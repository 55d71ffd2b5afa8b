"""The output is only assigned for inputs of two dimensions.

misconception: unbound-local
points: 5
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        if X.ndim == 2:
            output = torch.cat((self.net1(X), self.net2(X)), dim=1)
        return output
