"""Takes the first parameter with the right shape.

misconception: one-of-four
points: 2
"""


def block2_second_linear_weight(rgnet):
    for p in rgnet.parameters():
        if p.shape == (4, 8):
            return p


def outer_linear_weight(rgnet):
    for p in rgnet.parameters():
        if p.shape == (1, 4):
            return p
