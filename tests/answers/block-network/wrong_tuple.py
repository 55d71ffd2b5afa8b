"""Returns both parts.

misconception: not-a-net
points: 1
"""


def make_network(make_block, num_blocks, head):
    return make_blocks(make_block, num_blocks), head
