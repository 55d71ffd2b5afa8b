"""Wraps the blocks once more.

misconception: extra-level
points: 1
"""


def make_network(make_block, num_blocks, head):
    return nn.Sequential(nn.Sequential(make_blocks(make_block, num_blocks)), head)
