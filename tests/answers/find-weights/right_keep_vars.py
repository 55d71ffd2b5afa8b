"""state_dict(keep_vars=True) holds the parameters themselves."""


def block2_second_linear_weight(rgnet):
    return rgnet.state_dict(keep_vars=True)['0.block 2.2.weight']


def outer_linear_weight(rgnet):
    return rgnet.state_dict(keep_vars=True)['1.weight']
