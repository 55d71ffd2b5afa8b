"""Prints the table and returns nothing.

misconception: returned-nothing
points: 0
"""


def parameter_table(net):
    for name, p in net.named_parameters():
        (name, p.shape, p.numel())
