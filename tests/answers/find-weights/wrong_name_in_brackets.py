"""Indexes an nn.Sequential by a name, like a dict.

misconception: name-in-brackets
points: 2
"""


def block2_second_linear_weight(rgnet):
    return rgnet[0]['block 2'][2].weight


def outer_linear_weight(rgnet):
    return rgnet[1].weight
