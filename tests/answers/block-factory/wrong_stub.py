"""Not written yet.

misconception: not-written
points: 0
"""


def make_blocks(make_block, num_blocks):
    raise NotImplementedError
