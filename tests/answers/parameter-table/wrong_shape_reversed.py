"""Turns the shape round, as in X times W.

misconception: shape-of-another
points: 2
"""


def parameter_table(net):
    return [(name, tuple(reversed(p.shape)), p.numel()) for name, p in net.named_parameters()]
