"""Adds a block as to a dict.

misconception: string-index
points: 1
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(num_blocks):
        net[f"block {i}"] = make_block()
    return net
