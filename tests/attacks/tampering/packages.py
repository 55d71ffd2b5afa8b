"""Writes into site-packages, the installed package, the interpreter and start-up files.

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
import site
import sys

import d2l_ch3

for folder in (*site.getsitepackages(), *sys.path, os.path.dirname(d2l_ch3.__file__), sys.prefix, "/usr/lib", "/etc", "/"):
    for name in ("evil.pth", "sitecustomize.py", "usercustomize.py", "torch.py", "evil.py"):
        try:
            with open(os.path.join(folder or ".", name), "w") as file:
                file.write("import os")
            if not os.path.join(folder or ".", name).startswith("/tmp"):
                print("the attack worked: wrote", folder, name) if folder not in ("", ".") else None
        except OSError:
            pass
try:
    with open(d2l_ch3.checks.__file__ if hasattr(d2l_ch3, "checks") else d2l_ch3.__file__, "a") as file:
        file.write("# tampered")
    print("the attack worked: changed the package")
except OSError as error:
    print(error)
