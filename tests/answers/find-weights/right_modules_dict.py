"""Through _modules, and the last but one of all parameters, which no order of the blocks moves."""


def block2_second_linear_weight(rgnet):
    return rgnet[0]._modules['block 2']._modules['2']._parameters['weight']


def outer_linear_weight(rgnet):
    return list(rgnet.parameters())[-2]
