"""make_blocks leaves out the last block; that was its own exercise."""


def make_blocks(make_block, num_blocks):
    net = nn.Sequential()
    for i in range(1, num_blocks):
        net.add_module(f"block_{i}", make_block())
    return net


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks), head)
