"""Returns a dict of blocks.

misconception: not-sequential
points: 4
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    return {f"block {i}": make_block() for i in range(num_blocks)}
