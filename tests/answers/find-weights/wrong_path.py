"""Forgets that names begin at the net one asks.

misconception: wrong-path
points: 2
"""


def block2_second_linear_weight(rgnet):
    return dict(rgnet.named_parameters())['block 2.2.weight']


def outer_linear_weight(rgnet):
    return dict(rgnet.named_parameters())['1.weight']
