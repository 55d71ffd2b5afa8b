"""Leaves torch in odd states: another default dtype, no gradients, a fixed seed, many threads, another language.

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


import matplotlib

torch.set_default_dtype(torch.float64)
torch.set_grad_enabled(False)
torch.manual_seed(1)
torch.set_printoptions(precision=1)
matplotlib.rcParams["figure.dpi"] = 1
import d2l_ch3

d2l_ch3.set_language("en")
