"""A dot in the name, which PyTorch refuses; only the edges are seen.

misconception: dot-in-name
points: 1
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block.{i}", make_block())
    return net
