"""make_blocks returns an nn.ModuleList.

misconception: make-blocks-first
points: 0
"""


def make_blocks(make_block, num_blocks):
    return nn.ModuleList(make_block() for _ in range(num_blocks))


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks), head)
