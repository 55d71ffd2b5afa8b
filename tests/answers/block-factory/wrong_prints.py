"""Prints a message and goes on.

misconception: negative-accepted
points: 4
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        print("num_blocks must not be negative")
    else:
        net = nn.Sequential()
        for i in range(num_blocks):
            net.add_module(f"block {i}", make_block())
        return net
