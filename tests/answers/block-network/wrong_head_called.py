"""Takes the head for a function that makes one.

misconception: head-called
points: 0
"""


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks), head())
