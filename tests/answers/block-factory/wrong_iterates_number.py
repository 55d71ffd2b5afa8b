"""Loops over the number itself.

misconception: number-in-for
points: 0
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in num_blocks:
        net.add_module(f"block {i}", make_block())
    return net
