"""Sorts the blocks by name, as text: right for up to ten blocks.

misconception: names-out-of-order
points: 4
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    blocks = {f"block {i}": make_block() for i in range(num_blocks)}
    net = nn.Sequential()
    for name in sorted(blocks):
        net.add_module(name, blocks[name])
    return net
