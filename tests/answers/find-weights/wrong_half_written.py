"""Only one of the two functions is there yet.

misconception: not-written
points: 2
"""


def block2_second_linear_weight(rgnet):
    raise NotImplementedError


def outer_linear_weight(rgnet):
    return rgnet[1].weight
