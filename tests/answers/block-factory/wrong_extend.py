"""Puts the layers of all blocks side by side.

misconception: unpacked-blocks, numbers-only
points: 1
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for _ in range(num_blocks):
        net.extend(make_block())
    return net
