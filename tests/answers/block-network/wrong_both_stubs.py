"""Neither function is written.

misconception: not-written
points: 0
"""


def make_blocks(make_block, num_blocks):
    raise NotImplementedError


def make_network(make_block, num_blocks, head):
    raise NotImplementedError
