"""Prints forty million characters at once, and shows a picture of as many; the answer is right.

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


from IPython.display import HTML, display

print("x" * 40_000_000)
display(HTML("<p>" + "x" * 40_000_000))
