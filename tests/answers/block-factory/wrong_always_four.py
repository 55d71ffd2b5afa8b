"""Always four blocks, as in the chapter's net.

misconception: wrong-number
points: 4
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(4):
        net.add_module(f"block {i}", make_block())
    return net
