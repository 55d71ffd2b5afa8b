"""Counts the head as a block less.

misconception: wrong-number
points: 1
"""


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks + 1), head)
