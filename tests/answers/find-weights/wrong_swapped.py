"""The two functions have each other's body.

misconception: functions-swapped
points: 2
"""


def block2_second_linear_weight(rgnet):
    return rgnet.get_parameter("1.weight")


def outer_linear_weight(rgnet):
    return rgnet.get_parameter("0.block 2.2.weight")
