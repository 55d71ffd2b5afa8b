"""A list as a default argument that is copied before it is used.

advice: mutable-default
"""


def parameter_table(net, table=[]):
    rows = list(table)
    for name, p in net.named_parameters():
        rows += [(name, p.shape, p.numel())]
    return rows
