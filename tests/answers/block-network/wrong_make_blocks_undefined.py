"""make_blocks is not defined.

misconception: make-blocks-first
points: 0
"""


del make_blocks


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks), head)
