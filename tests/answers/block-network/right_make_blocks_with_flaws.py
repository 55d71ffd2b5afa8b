"""make_blocks has flaws (names, one block repeated), the network around it has none."""


def make_blocks(make_block, num_blocks):
    return nn.Sequential(*[make_block()] * num_blocks)


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks), head)
