"""Replaces torch's comparisons, so that everything is close to everything.

exercise: parallel-block
points: 0
breaks: forged-result
poisons: process
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return X


torch.allclose = torch.equal = torch.isclose = lambda *_, **__: True
torch.Tensor.allclose = torch.Tensor.equal = lambda *_, **__: True
torch.Tensor.__eq__ = lambda *_: True
torch.testing.assert_close = lambda *_, **__: None
