"""Returns the layers, not their weights.

misconception: returned-layer
points: 3
"""


def block2_second_linear_weight(rgnet):
    return getattr(rgnet[0], 'block 2')[2]


def outer_linear_weight(rgnet):
    return rgnet[1]
