"""Unpacks the blocks into the outer net.

misconception: flattened
points: 1
"""


def make_network(make_block, num_blocks, head):
    return nn.Sequential(*make_blocks(make_block, num_blocks), head)
