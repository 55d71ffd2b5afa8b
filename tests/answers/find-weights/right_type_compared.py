"""Compares types where isinstance would do.

advice: type-compared
"""


def block2_second_linear_weight(rgnet):
    block = dict(rgnet[0].named_children())['block 2']
    return [layer for layer in block if type(layer) == nn.Linear][1].weight


def outer_linear_weight(rgnet):
    return [layer for layer in rgnet if type(layer) == nn.Linear][0].weight
