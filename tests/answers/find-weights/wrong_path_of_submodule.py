"""Looks for the block one level too high.

misconception: wrong-path
points: 2
"""


def block2_second_linear_weight(rgnet):
    return rgnet.get_submodule('block 2')[2].weight


def outer_linear_weight(rgnet):
    return rgnet[1].weight
