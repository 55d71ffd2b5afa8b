"""Only the negative number is seen to.

misconception: not-written
points: 0
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    raise NotImplementedError
