"""Names of its own for the two parts."""


def make_network(make_block, num_blocks, head):
    net = nn.Sequential()
    net.add_module("blocks", make_blocks(make_block, num_blocks))
    net.add_module("head", head)
    return net
