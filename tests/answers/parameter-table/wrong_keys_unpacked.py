"""Forgets items() behind state_dict().

misconception: cannot-unpack
points: 0
"""


def parameter_table(net):
    return [(name, p.shape, p.numel()) for name, p in net.state_dict()]
