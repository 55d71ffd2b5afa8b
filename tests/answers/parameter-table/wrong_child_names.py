"""Each child's own names, without the child's.

misconception: lost-prefix
points: 2
"""


def parameter_table(net):
    table = [(name, p.shape, p.numel()) for name, p in net.named_parameters(recurse=False)]
    for child in net.children():
        table += [(name, p.shape, p.numel()) for name, p in child.named_parameters()]
    return table
