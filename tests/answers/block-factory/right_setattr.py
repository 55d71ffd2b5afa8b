"""A submodule is an attribute, and a name may hold a space."""


def make_blocks(make_block, num_blocks):
    if num_blocks <= -1:
        raise ValueError
    net = nn.Sequential()
    for i in range(num_blocks):
        setattr(net, "block " + str(i), make_block())
    return net
