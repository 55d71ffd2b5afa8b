"""A negative number gives an empty net.

misconception: negative-accepted
points: 4
"""


def make_blocks(make_block, num_blocks):
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block())
    return net
