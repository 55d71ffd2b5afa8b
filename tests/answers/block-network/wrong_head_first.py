"""The head before the blocks.

misconception: head-first
points: 1
"""


def make_network(make_block, num_blocks, head):
    return nn.Sequential(head, make_blocks(make_block, num_blocks))
