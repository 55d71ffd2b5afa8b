"""Copies one block: all start with the same weights.

misconception: copies-of-one
points: 3
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    from copy import deepcopy
    net = nn.Sequential()
    block = make_block()
    for i in range(num_blocks):
        net.add_module(f"block {i}", deepcopy(block))
    return net
