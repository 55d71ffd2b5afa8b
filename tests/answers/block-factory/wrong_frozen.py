"""Freezes the blocks.

misconception: frozen-parameter, negative-accepted
points: 2
"""


def make_blocks(make_block, num_blocks):
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block().requires_grad_(False))
    return net
