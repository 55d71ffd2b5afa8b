"""Hands over a block and not the function.

misconception: called-too-early
points: 0
"""


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block(), num_blocks), head)
