"""The first linear layer that turns up is one inside a block.

misconception: wrong-parameter
points: 3
"""


def block2_second_linear_weight(rgnet):
    return rgnet[0].get_submodule('block 2')[2].weight


def outer_linear_weight(rgnet):
    return next(m for m in rgnet.modules() if isinstance(m, nn.Linear)).weight
