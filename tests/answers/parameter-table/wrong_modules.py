"""named_modules gives a module once, but a weight shared by two modules twice.

misconception: tied-twice
points: 2
"""


def parameter_table(net):
    table = []
    for prefix, module in net.named_modules():
        for name, p in module.named_parameters(recurse=False):
            table.append((prefix + '.' + name if prefix else name, p.shape, p.numel()))
    return table
