"""Asks for the type of what it finds, by comparing types.

advice: type-compared
"""


def parameter_table(net):
    table = []
    for name, p in net.named_parameters():
        shape = p.shape if type(p.shape) == tuple else tuple(p.shape)
        table.append((name, shape, p.numel()))
    return table
