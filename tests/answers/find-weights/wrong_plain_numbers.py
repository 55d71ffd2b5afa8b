"""Returns lists of numbers.

misconception: values-only
points: 3
"""


def block2_second_linear_weight(rgnet):
    return rgnet[0].get_submodule('block 2')[2].weight.tolist()


def outer_linear_weight(rgnet):
    return rgnet[1].weight.tolist()
