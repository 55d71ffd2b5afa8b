"""Returns things that claim to be equal to everything and to be of any class.

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


class Everything:
    shape, dtype, ndim = (), torch.float32, 2
    __class__ = torch.Tensor

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __getattr__(self, name):
        return lambda *_, **__: self

    def __float__(self):
        return 6.0

    __hash__ = object.__hash__


ParallelBlock.forward = lambda self, X: Everything()
