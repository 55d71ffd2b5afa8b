"""Takes block 2 for the second block.

misconception: counted-from-one, by-position
points: 2
"""


def block2_second_linear_weight(rgnet):
    return rgnet[0][1][2].weight


def outer_linear_weight(rgnet):
    return rgnet[1].weight
