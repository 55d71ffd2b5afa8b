"""Goes by position, and takes the bias for the outer layer.

misconception: by-position, bias-not-weight
points: 2
"""


def block2_second_linear_weight(rgnet):
    blocks = list(rgnet[0].children())
    return blocks[2][2].weight


def outer_linear_weight(rgnet):
    return rgnet[1].bias
