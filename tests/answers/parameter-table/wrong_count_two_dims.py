"""Knows matrices and vectors only.

misconception: count-not-product
points: 2
"""


def parameter_table(net):
    return [(name, p.shape, p.shape[0] * p.shape[1] if len(p.shape) > 1 else p.shape[0])
            for name, p in net.named_parameters()]
