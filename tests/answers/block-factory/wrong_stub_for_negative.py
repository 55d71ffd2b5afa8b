"""Leaves the negative number for later.

misconception: other-error
points: 4
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise NotImplementedError
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block())
    return net
