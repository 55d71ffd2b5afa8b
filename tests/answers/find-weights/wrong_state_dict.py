"""The values of state_dict() are detached.

misconception: detached
points: 3
"""


def block2_second_linear_weight(rgnet):
    return rgnet.state_dict()['0.block 2.2.weight']


def outer_linear_weight(rgnet):
    return rgnet.state_dict()['1.weight']
