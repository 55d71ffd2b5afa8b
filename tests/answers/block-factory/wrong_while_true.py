"""Never counts down.

misconception: endless-loop
points: 1
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    i = 0
    while num_blocks > 0:
        net.add_module(f"block {i}", make_block())
        i += 1
    return net
