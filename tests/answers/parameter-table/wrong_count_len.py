"""len gives the first dimension only.

misconception: count-not-product
points: 2
"""


def parameter_table(net):
    return [(name, p.shape, len(p)) for name, p in net.named_parameters()]
