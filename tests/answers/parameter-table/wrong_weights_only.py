"""Leaves the biases out.

misconception: weights-only
points: 2
"""


def parameter_table(net):
    return [(name, p.shape, p.numel()) for name, p in net.named_parameters() if 'bias' not in name]
