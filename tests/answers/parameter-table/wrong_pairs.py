"""Leaves the count out of the rows.

misconception: row-not-a-tuple
points: 0
"""


def parameter_table(net):
    return [(name, p.shape) for name, p in net.named_parameters()]
