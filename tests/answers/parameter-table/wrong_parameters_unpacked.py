"""Expects names of parameters().

misconception: cannot-unpack
points: 0
"""


def parameter_table(net):
    return [(name, p.shape, p.numel()) for name, p in net.parameters()]
