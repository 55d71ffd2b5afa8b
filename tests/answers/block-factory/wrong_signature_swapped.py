"""Takes the number first.

misconception: signature-swapped
points: 4
"""


def make_blocks(num_blocks, make_block):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block())
    return net
