"""Not written yet.

misconception: not-written
points: 0
"""


def make_network(make_block, num_blocks, head):
    raise NotImplementedError
