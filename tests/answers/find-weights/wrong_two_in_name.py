"""Looks for the first name that contains '2.weight'.

misconception: one-of-four
points: 2
"""


def block2_second_linear_weight(rgnet):
    for name, p in rgnet.named_parameters():
        if "2.weight" in name:
            return p


def outer_linear_weight(rgnet):
    return rgnet[1].weight
