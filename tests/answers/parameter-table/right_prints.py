"""Prints the rows too.

advice: print-left-behind
"""


def parameter_table(net):
    table = [(name, p.shape, p.numel()) for name, p in net.named_parameters()]
    for row in table:
        print(*row)
    return table
