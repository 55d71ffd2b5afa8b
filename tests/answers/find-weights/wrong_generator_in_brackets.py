"""Takes parameters() for a list.

misconception: generator-in-brackets
points: 0
"""


def block2_second_linear_weight(rgnet):
    return rgnet.parameters()[10]


def outer_linear_weight(rgnet):
    return rgnet.parameters()[-2]
