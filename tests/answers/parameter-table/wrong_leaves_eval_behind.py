"""Switches the net to eval mode, lest something changes.

misconception: changes-net
points: 2
"""


def parameter_table(net):
    net.eval()
    return [(name, p.shape, p.numel()) for name, p in net.named_parameters()]
