"""Freezes the net so that no gradient is recorded.

misconception: changes-net
points: 2
"""


def parameter_table(net):
    table = []
    for name, p in net.requires_grad_(False).named_parameters():
        table.append((name, p.shape, p.numel()))
    return table
