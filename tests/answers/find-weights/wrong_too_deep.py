"""Indexes a layer.

misconception: too-deep
points: 0
"""


def block2_second_linear_weight(rgnet):
    return rgnet[0].get_submodule('block 2')[2][0]


def outer_linear_weight(rgnet):
    return rgnet[1][0]
