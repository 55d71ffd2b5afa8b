"""By the full names of named_parameters()."""


def block2_second_linear_weight(rgnet):
    return rgnet.get_parameter('0.block 2.2.weight')


def outer_linear_weight(rgnet):
    return dict(rgnet.named_parameters())['1.weight']
