"""Repeats the function itself.

misconception: not-called
points: 1
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    return [make_block] * num_blocks
