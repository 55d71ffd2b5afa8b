"""Returns None when there is nothing to make.

misconception: zero-blocks
points: 4
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    if not num_blocks:
        return None
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block())
    return net
