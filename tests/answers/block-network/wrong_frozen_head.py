"""Freezes the head.

misconception: frozen-parameter
points: 1
"""


def make_network(make_block, num_blocks, head):
    head.requires_grad_(False)
    return nn.Sequential(make_blocks(make_block, num_blocks), head)
