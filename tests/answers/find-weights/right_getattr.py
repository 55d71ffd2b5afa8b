"""A name with a space in it, as an attribute."""


def block2_second_linear_weight(rgnet):
    block = getattr(rgnet[0], 'block 2')
    return block[2].weight


def outer_linear_weight(rgnet):
    return rgnet[-1].weight
