"""Returns the transposed weight, so that X @ W works.

misconception: reshaped
points: 3
"""


def block2_second_linear_weight(rgnet):
    return getattr(rgnet[0], "block 2")[2].weight.T


def outer_linear_weight(rgnet):
    return rgnet[1].weight.T
