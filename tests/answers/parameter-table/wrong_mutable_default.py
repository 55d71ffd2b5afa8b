"""The list lives on between calls.

misconception: shared-between-calls
points: 2
"""


def parameter_table(net, table=[]):
    for name, p in net.named_parameters():
        table.append((name, p.shape, p.numel()))
    return table
