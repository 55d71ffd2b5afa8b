"""Leaves the names to nn.Sequential.

misconception: numbers-only
points: 4
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    return nn.Sequential(*(make_block() for _ in range(num_blocks)))
