"""Takes 0 for an error too.

misconception: zero-blocks
points: 4
"""


def make_blocks(make_block, num_blocks):
    if num_blocks <= 0:
        raise ValueError("num_blocks must be positive")
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block())
    return net
