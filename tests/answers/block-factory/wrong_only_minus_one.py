"""Thinks of one negative number only, and prints.

misconception: negative-accepted
points: 4
"""


def make_blocks(make_block, num_blocks):
    if num_blocks == -1:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block())
    return net
