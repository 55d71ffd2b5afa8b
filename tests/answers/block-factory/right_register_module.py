"""The other name of add_module, in a while loop, names by len(net)."""


def make_blocks(make_block, num_blocks):
    net = nn.Sequential()
    if num_blocks < 0:
        raise ValueError("less than no blocks")
    while len(net) < num_blocks:
        net.register_module("block %d" % len(net), make_block())
    return net
