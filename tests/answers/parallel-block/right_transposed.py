"""Moves the features to the front, joins there, and moves them back."""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        Y = torch.cat([self.net1(X).movedim(-1, 0), self.net2(X).movedim(-1, 0)])
        return Y.movedim(0, -1)
