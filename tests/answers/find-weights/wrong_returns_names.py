"""Returns the names of the parameters.

misconception: returned-name
points: 3
"""


def block2_second_linear_weight(rgnet):
    return '0.block 2.2.weight'


def outer_linear_weight(rgnet):
    return '1.weight'
