"""Adds one more block between blocks and head.

misconception: extra-child
points: 1
"""


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks), make_block(), head)
