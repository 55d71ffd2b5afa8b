"""Takes no blocks for an error and returns nothing.

misconception: no-body
points: 1
"""


def make_network(make_block, num_blocks, head):
    if num_blocks > 0:
        return nn.Sequential(make_blocks(make_block, num_blocks), head)
