"""The bias of the right layer, as in the chapter's example.

misconception: bias-not-weight
points: 3
"""


def block2_second_linear_weight(rgnet):
    return rgnet[0].get_submodule('block 2')[2].bias


def outer_linear_weight(rgnet):
    return rgnet[1].weight
