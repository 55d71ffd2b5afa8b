"""Goes by position, as in the chapter's rgnet[0][1][0].

misconception: by-position
points: 3
"""


def block2_second_linear_weight(rgnet):
    return rgnet[0][2][2].weight


def outer_linear_weight(rgnet):
    return rgnet[1].weight
