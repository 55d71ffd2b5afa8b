"""A head behind every block.

misconception: head-inside
points: 0
"""


def make_network(make_block, num_blocks, head):
    return make_blocks(lambda: nn.Sequential(make_block(), head), num_blocks)
