"""Does without make_blocks, by a helper of its own."""


def make_blocks(make_block, num_blocks):
    raise NotImplementedError


def named_blocks(make_block, num_blocks):
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block())
    return net


def make_network(make_block, num_blocks, head):
    return nn.Sequential(named_blocks(make_block, num_blocks), head)
