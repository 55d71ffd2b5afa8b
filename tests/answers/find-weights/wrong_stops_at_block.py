"""Forgets the step from the block to its layer.

misconception: stopped-early
points: 2
"""


def block2_second_linear_weight(rgnet):
    return rgnet[0].get_submodule('block 2').weight


def outer_linear_weight(rgnet):
    return rgnet[1].weight
