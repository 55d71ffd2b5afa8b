"""make_blocks returns a list.

misconception: make-blocks-first
points: 0
"""


def make_blocks(make_block, num_blocks):
    return [make_block() for _ in range(num_blocks)]


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks), head)
