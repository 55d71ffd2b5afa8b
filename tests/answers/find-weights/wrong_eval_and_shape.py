"""Switches the net to eval mode and returns its outer weight's shape.

misconception: returned-other, changes-net
points: 2
"""


def block2_second_linear_weight(rgnet):
    return rgnet.eval()[0].get_submodule('block 2')[2].weight


def outer_linear_weight(rgnet):
    return rgnet[1].weight.shape
