"""Leaves out frozen parameters, and puts the count before the shape.

misconception: row-order, skips-frozen
points: 2
"""


def parameter_table(net):
    return [(name, p.numel(), p.shape) for name, p in net.named_parameters() if p.requires_grad]
