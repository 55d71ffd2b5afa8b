"""A dict instead of a list.

misconception: not-a-list
points: 2
"""


def parameter_table(net):
    return {name: (p.shape, p.numel()) for name, p in net.named_parameters()}
