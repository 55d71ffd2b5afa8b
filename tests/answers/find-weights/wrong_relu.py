"""The second layer is at index 1, or so it seems.

misconception: relu-counts-too
points: 2
"""


def block2_second_linear_weight(rgnet):
    return getattr(rgnet[0], 'block 2')[1].weight


def outer_linear_weight(rgnet):
    return rgnet[1].weight
