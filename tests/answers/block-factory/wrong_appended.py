"""append gives numbers for names.

misconception: numbers-only
points: 4
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for _ in range(num_blocks):
        net.append(make_block())
    return net
