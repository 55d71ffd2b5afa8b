"""Names without the path to their layer.

misconception: lost-prefix
points: 2
"""


def parameter_table(net):
    return [(name.split('.')[-1], p.shape, p.numel()) for name, p in net.named_parameters()]
