"""Adds the lengths.

misconception: count-not-product
points: 2
"""


def parameter_table(net):
    return [(name, p.shape, sum(p.shape)) for name, p in net.named_parameters()]
