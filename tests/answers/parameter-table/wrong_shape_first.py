"""The shape before the name.

misconception: row-order
points: 2
"""


def parameter_table(net):
    return [(tuple(p.shape), name, p.numel()) for name, p in net.named_parameters()]
