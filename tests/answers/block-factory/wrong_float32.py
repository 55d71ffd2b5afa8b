"""Moves the blocks to float32, whatever they are.

misconception: mixed-dtypes
points: 3
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block().float())
    return net
