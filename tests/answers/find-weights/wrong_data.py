"""Returns .data, which shares the memory but is not the parameter.

misconception: detached
points: 3
"""


def block2_second_linear_weight(rgnet):
    return getattr(rgnet[0], 'block 2')[2].weight.data


def outer_linear_weight(rgnet):
    return rgnet[1].weight.data
