"""Adds a ReLU behind every block.

misconception: extra-modules
points: 4
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block())
        net.add_module(f"relu {i}", nn.ReLU())
    return net
