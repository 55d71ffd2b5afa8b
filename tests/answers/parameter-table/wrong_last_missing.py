"""Leaves the last row out, by a slice.

misconception: wrong-rows
points: 2
"""


def parameter_table(net):
    return [(name, p.shape, p.numel()) for name, p in net.named_parameters()][:-1]
