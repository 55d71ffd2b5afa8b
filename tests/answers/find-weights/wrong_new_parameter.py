"""Wraps a copy of the values in a new Parameter.

misconception: copied
points: 3
"""


def block2_second_linear_weight(rgnet):
    return nn.Parameter(getattr(rgnet[0], 'block 2')[2].weight.detach().clone())


def outer_linear_weight(rgnet):
    return nn.Parameter(rgnet[1].weight.detach().clone())
