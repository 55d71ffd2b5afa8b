"""Repeats a list of one block; names are forgotten too.

misconception: same-instance, numbers-only
points: 2
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    return nn.Sequential(*[make_block()] * num_blocks)
