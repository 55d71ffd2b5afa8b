"""Believes that range includes its end minus one.

misconception: wrong-number
points: 4
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(num_blocks - 1):
        net.add_module(f"block {i}", make_block())
    return net
