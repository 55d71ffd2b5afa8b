"""Forgets the parentheses behind size.

misconception: method-not-called
points: 2
"""


def parameter_table(net):
    return [(name, p.size, p.numel()) for name, p in net.named_parameters()]
