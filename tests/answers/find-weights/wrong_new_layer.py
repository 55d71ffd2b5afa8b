"""Makes a layer of the same size and returns its weight.

misconception: not-in-the-net
points: 2
"""


def block2_second_linear_weight(rgnet):
    return nn.Linear(8, 4).weight


def outer_linear_weight(rgnet):
    return rgnet[1].weight
