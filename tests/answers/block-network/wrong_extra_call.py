"""Makes a block too many, to look at it.

misconception: other-blocks
points: 1
"""


def make_network(make_block, num_blocks, head):
    print(type(make_block()))
    return nn.Sequential(make_blocks(make_block, num_blocks), head)
