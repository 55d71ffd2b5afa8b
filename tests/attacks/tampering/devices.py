"""Changes the devices that it shares with everybody: their modes, owners and times; locks and fills them.

exercise: parallel-block
points: 6
breaks: tampering
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)


import fcntl
import os

for name in ("null", "zero", "full", "random", "urandom"):
    for change in (lambda path: os.chmod(path, 0), lambda path: os.chown(path, os.getuid(), -1),
                   lambda path: os.utime(path, (0, 0)), os.unlink, lambda path: os.rename(path, "/tmp/work/taken")):
        try:
            change(f"/dev/{name}")
            print("the attack worked on", name)
        except OSError:
            pass
    try:
        fcntl.flock(os.open(f"/dev/{name}", os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        pass
