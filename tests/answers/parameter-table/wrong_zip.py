"""Pairs the names of state_dict with parameters(), which are fewer.

misconception: from-state-dict, shape-of-another
points: 1
"""


def parameter_table(net):
    return [(name, p.shape, p.numel()) for name, p in zip(net.state_dict(), net.parameters())]
