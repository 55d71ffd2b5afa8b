"""Takes the row of the outer weight out of it.

misconception: reshaped
points: 3
"""


def block2_second_linear_weight(rgnet):
    return rgnet[0].get_submodule('block 2')[2].weight


def outer_linear_weight(rgnet):
    return rgnet[1].weight.squeeze()
