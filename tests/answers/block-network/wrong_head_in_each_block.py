"""A head behind every block, and one more at the end.

misconception: head-inside
points: 1
"""


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(lambda: nn.Sequential(make_block(), head), num_blocks), head)
