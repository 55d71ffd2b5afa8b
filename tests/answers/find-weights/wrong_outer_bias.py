"""The last of all parameters is a bias.

misconception: bias-not-weight
points: 3
"""


def block2_second_linear_weight(rgnet):
    return getattr(rgnet[0], 'block 2')[2].weight


def outer_linear_weight(rgnet):
    return list(rgnet.parameters())[-1]
