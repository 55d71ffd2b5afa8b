"""Puts the head into an nn.Sequential of its own.

misconception: head-wrapped
points: 1
"""


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks), nn.Sequential(head))
