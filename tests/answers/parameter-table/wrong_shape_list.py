"""The shape as a list.

misconception: shape-not-a-tuple
points: 2
"""


def parameter_table(net):
    return [(name, list(p.shape), p.numel()) for name, p in net.named_parameters()]
