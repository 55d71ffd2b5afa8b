"""Swaps the arguments of make_blocks.

misconception: arguments-swapped
points: 1
"""


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(num_blocks, make_block), head)
