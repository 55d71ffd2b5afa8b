"""Returns nothing when there is nothing in the table.

misconception: wrong-without-rows
points: 2
"""


def parameter_table(net):
    table = [(name, p.shape, p.numel()) for name, p in net.named_parameters()]
    if table:
        return table
