"""Prints without end, after an answer that is right: it is stopped, and what it defined until then stays.

exercise: parallel-block
points: 6
breaks: denial
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)


while True:
    print("all work and no play makes a dull grader " * 20)
