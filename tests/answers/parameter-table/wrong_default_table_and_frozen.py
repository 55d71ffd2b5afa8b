"""The table is a default argument, and frozen parameters are skipped.

misconception: skips-frozen, shared-between-calls
points: 2
"""


def parameter_table(net, table=[]):
    for name, p in net.named_parameters():
        if p.requires_grad:
            table.append((name, p.shape, p.numel()))
    return table
