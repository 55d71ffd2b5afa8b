"""Adds a row with the total.

misconception: wrong-rows-extra
points: 2
"""


def parameter_table(net):
    table = [(name, p.shape, p.numel()) for name, p in net.named_parameters()]
    table.append(('total', (), sum(count for _, _, count in table)))
    return table
