"""Finds the weight, and forgets to return it.

misconception: returned-nothing
points: 2
"""


def block2_second_linear_weight(rgnet):
    weight = getattr(rgnet[0], 'block 2')[2].weight


def outer_linear_weight(rgnet):
    return rgnet[1].weight
