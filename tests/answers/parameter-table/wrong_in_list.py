"""Leaves out what is in a list already; `in` compares values.

misconception: compared-by-value
points: 0
"""


def parameter_table(net):
    seen, table = [], []
    for name, p in net.named_parameters(remove_duplicate=False):
        if p in seen:
            continue
        seen.append(p)
        table.append((name, p.shape, p.numel()))
    return table
