"""Writes three blocks out, as in the example.

misconception: wrong-number
points: 4
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    if num_blocks > 0:
        net.add_module("block 0", make_block())
        net.add_module("block 1", make_block())
        net.add_module("block 2", make_block())
    return net
