"""A list comprehension without taking the parameter out of it.

misconception: returned-container
points: 3
"""


def block2_second_linear_weight(rgnet):
    return [p for name, p in rgnet.named_parameters() if name == '0.block 2.2.weight']


def outer_linear_weight(rgnet):
    return [p for name, p in rgnet.named_parameters() if name == '1.weight']
