"""Leaves out the head, in a net of one child.

misconception: no-head
points: 0
"""


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks))
