"""Returns an nn.ModuleList: the blocks are registered, but it is no net.

misconception: not-sequential, numbers-only
points: 3
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    return nn.ModuleList(make_block() for _ in range(num_blocks))
