"""Leaves out what is frozen.

misconception: skips-frozen
points: 2
"""


def parameter_table(net):
    return [(name, p.shape, p.numel()) for name, p in net.named_parameters() if p.requires_grad]
