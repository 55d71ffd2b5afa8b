"""Among the parameters whose name has block 2 in it, the one of shape (4, 8)."""


def block2_second_linear_weight(rgnet):
    return [p for name, p in rgnet.named_parameters() if 'block 2' in name and p.shape == (4, 8)][0]


def outer_linear_weight(rgnet):
    return [p for name, p in rgnet.named_parameters() if 'block' not in name][0]
