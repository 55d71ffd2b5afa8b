"""make_blocks fails.

misconception: make-blocks-first
points: 0
"""


def make_blocks(make_block, num_blocks):
    return nn.Sequential(*[make_block(i) for i in range(num_blocks)])


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks), head)
