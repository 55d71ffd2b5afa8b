"""make_blocks is not written.

misconception: make-blocks-first
points: 0
"""


def make_blocks(make_block, num_blocks):
    raise NotImplementedError


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks), head)
