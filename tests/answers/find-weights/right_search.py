"""Walks the tree and looks for what the question describes."""


def linear_layers(net):
    return [m for m in net.modules() if isinstance(m, nn.Linear)]


def block2_second_linear_weight(rgnet):
    for name, module in rgnet.named_modules():
        if name.endswith('block 2'):
            return linear_layers(module)[1].weight


def outer_linear_weight(rgnet):
    return next(m for m in rgnet.children() if isinstance(m, nn.Linear)).weight
