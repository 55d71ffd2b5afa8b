"""A slice of everything is a view, not the parameter.

misconception: detached
points: 3
"""


def block2_second_linear_weight(rgnet):
    return rgnet[0].get_submodule('block 2')[2].weight[:, :]


def outer_linear_weight(rgnet):
    return rgnet[1].weight[:]
