"""Catches the ValueError and returns the head alone.

misconception: negative-swallowed
points: 1
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block())
    return net


def make_network(make_block, num_blocks, head):
    try:
        body = make_blocks(make_block, num_blocks)
    except ValueError:
        body = nn.Sequential()
    return nn.Sequential(body, head)
