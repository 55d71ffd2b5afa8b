"""Refuses nets whose outputs differ in width, which the exercise allows.

misconception: raised
points: 0
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        Y1, Y2 = self.net1(X), self.net2(X)
        if Y1.shape != Y2.shape:
            raise ValueError("the nets do not go together")
        return torch.cat((Y1, Y2), dim=-1)
