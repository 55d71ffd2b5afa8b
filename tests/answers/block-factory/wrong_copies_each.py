"""Adds a copy of each block that is made.

misconception: copied-blocks
points: 3
"""

import copy


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", copy.deepcopy(make_block()))
    return net
