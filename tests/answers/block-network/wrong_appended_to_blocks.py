"""Adds the head to the net of the blocks.

misconception: flattened
points: 1
"""


def make_network(make_block, num_blocks, head):
    net = make_blocks(make_block, num_blocks)
    net.add_module("head", head)
    return net
