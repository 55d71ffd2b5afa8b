"""The shape as text, for printing.

misconception: shape-not-a-tuple
points: 2
"""


def parameter_table(net):
    return [(name, str(tuple(p.shape)), p.numel()) for name, p in net.named_parameters()]
