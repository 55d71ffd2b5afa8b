"""Sorts the rows.

misconception: wrong-order
points: 2
"""


def parameter_table(net):
    return sorted((name, p.shape, p.numel()) for name, p in net.named_parameters())
