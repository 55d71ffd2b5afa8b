"""Only weights, and the first length for the count: two mistakes.

misconception: weights-only, count-not-product
points: 1
"""


def parameter_table(net):
    return [(name, p.shape, len(p)) for name, p in net.named_parameters() if not name.endswith('bias')]
