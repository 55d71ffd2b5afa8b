"""Prints half of a character pair, which no file can hold, and nests a display deeper than anybody can read.

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


from IPython.display import display

print("\ud800 half a character")
nested = []
for _ in range(900):
    nested = [nested]
display({"text/plain": "deep \udfff", "application/json": nested}, raw=True, metadata={"\ud800": nested})
