"""Adds a first block before the loop, so that 0 gives one.

misconception: zero-blocks-filled
points: 4
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    net.add_module("block 0", make_block())
    for i in range(1, num_blocks):
        net.add_module(f"block {i}", make_block())
    return net
