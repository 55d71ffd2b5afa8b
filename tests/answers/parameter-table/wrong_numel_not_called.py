"""Forgets the parentheses behind numel.

misconception: method-not-called
points: 2
"""


def parameter_table(net):
    return [(name, p.shape, p.numel) for name, p in net.named_parameters()]
