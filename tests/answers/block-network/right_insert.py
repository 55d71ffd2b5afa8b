"""Begins with the head, puts the blocks before it."""


def make_network(make_block, num_blocks, head):
    net = nn.Sequential(head)
    return net.insert(0, make_blocks(make_block, num_blocks))
