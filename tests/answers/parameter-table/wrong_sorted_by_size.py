"""Sorts by count, the largest first, for 'which layer has most of it?'

misconception: wrong-order
points: 2
"""


def parameter_table(net):
    rows = [(name, p.shape, p.numel()) for name, p in net.named_parameters()]
    return sorted(rows, key=lambda row: -row[2])
