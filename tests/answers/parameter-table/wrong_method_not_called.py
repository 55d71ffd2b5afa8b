"""Forgets the parentheses behind named_parameters.

misconception: not-iterable
points: 0
"""


def parameter_table(net):
    return [(name, p.shape, p.numel()) for name, p in net.named_parameters]
