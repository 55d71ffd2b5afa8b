"""A copy of the head.

misconception: head-copied
points: 1
"""


def make_network(make_block, num_blocks, head):
    from copy import deepcopy
    return nn.Sequential(make_blocks(make_block, num_blocks), deepcopy(head))
