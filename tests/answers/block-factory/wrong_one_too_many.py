"""Believes that range leaves out one more than it does; 0 gives one block as well.

misconception: wrong-number
points: 4
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(num_blocks + 1):
        net.add_module(f"block {i}", make_block())
    return net
