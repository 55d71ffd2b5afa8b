"""Returns a list of blocks.

misconception: not-sequential
points: 3
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    return [make_block() for _ in range(num_blocks)]
