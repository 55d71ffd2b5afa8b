"""Returns copies.

misconception: copied
points: 3
"""


def block2_second_linear_weight(rgnet):
    return getattr(rgnet[0], 'block 2')[2].weight.clone()


def outer_linear_weight(rgnet):
    return rgnet[1].weight.clone()
