"""Leaves out the head.

misconception: no-head
points: 0
"""


def make_network(make_block, num_blocks, head):
    return make_blocks(make_block, num_blocks)
