"""Counts along the list of all parameters.

misconception: by-position
points: 3
"""


def block2_second_linear_weight(rgnet):
    return list(rgnet.parameters())[10]


def outer_linear_weight(rgnet):
    return list(rgnet.parameters())[16]
