"""Takes block 2 for the second block, by name.

misconception: counted-from-one
points: 3
"""


def block2_second_linear_weight(rgnet):
    return getattr(rgnet[0], 'block 1')[2].weight


def outer_linear_weight(rgnet):
    return rgnet[1].weight
