"""Goes through named_modules: the last linear layer under block 2, and the one with no 'block' in its path."""


def linears(net):
    return {name: m for name, m in net.named_modules() if isinstance(m, nn.Linear)}


def block2_second_linear_weight(rgnet):
    inside = [m for name, m in linears(rgnet).items() if "block 2" in name.split(".")]
    first, second = inside
    return second.weight


def outer_linear_weight(rgnet):
    (layer,) = [m for name, m in linears(rgnet).items() if not any(part.startswith("block") for part in name.split("."))]
    return layer.weight
