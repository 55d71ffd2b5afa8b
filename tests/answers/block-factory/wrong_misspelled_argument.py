"""Calls the argument by another name inside.

misconception: undefined-name
points: 0
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(num_block):
        net.add_module(f"block {i}", make_block())
    return net
