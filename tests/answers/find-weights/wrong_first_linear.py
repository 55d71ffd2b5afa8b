"""The first linear layer of the block instead of the second.

misconception: first-linear
points: 3
"""


def block2_second_linear_weight(rgnet):
    return getattr(rgnet[0], 'block 2')[0].weight


def outer_linear_weight(rgnet):
    return rgnet[1].weight
