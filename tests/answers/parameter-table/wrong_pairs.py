"""Leaves the count out of the rows.

misconception: row-of-another-length
points: 1
"""


def parameter_table(net):
    return [(name, p.shape) for name, p in net.named_parameters()]
