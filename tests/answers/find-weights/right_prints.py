"""Right, with prints left behind.

advice: print-left-behind
"""


def block2_second_linear_weight(rgnet):
    weight = rgnet.get_parameter('0.block 2.2.weight')
    print(weight.shape)
    return weight


def outer_linear_weight(rgnet):
    print(rgnet[1])
    return rgnet[1].weight
