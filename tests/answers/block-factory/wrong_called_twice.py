"""Calls make_block twice a block.

misconception: extra-calls
points: 3
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(num_blocks):
        if isinstance(make_block(), nn.Module):
            net.add_module(f"block {i}", make_block())
    return net
