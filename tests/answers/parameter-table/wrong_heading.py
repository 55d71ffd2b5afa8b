"""Begins with a row of headings.

misconception: wrong-rows-extra
points: 2
"""


def parameter_table(net):
    table = [('name', 'shape', 'count')]
    for name, p in net.named_parameters():
        table.append((name, p.shape, p.numel()))
    return table
