"""Counts the layers of the block from 1, and ReLUs not at all.

misconception: out-of-range
points: 2
"""


def block2_second_linear_weight(rgnet):
    return rgnet[0].get_submodule('block 2')[4].weight


def outer_linear_weight(rgnet):
    return rgnet[1].weight
