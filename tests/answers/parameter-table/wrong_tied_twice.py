"""Goes module by module and meets tied parameters again.

misconception: tied-twice
points: 2
"""


def parameter_table(net):
    return [(name, p.shape, p.numel()) for name, p in net.named_parameters(remove_duplicate=False)]
