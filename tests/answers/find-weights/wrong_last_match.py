"""A loop that goes on after it has found one.

misconception: one-of-four
points: 2
"""


def block2_second_linear_weight(rgnet):
    for name, p in rgnet.named_parameters():
        if name.startswith('0.') and name.endswith('2.weight'):
            found = p
    return found


def outer_linear_weight(rgnet):
    return rgnet[1].weight
