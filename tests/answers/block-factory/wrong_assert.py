"""An assertion instead of a ValueError.

misconception: other-error
points: 4
"""


def make_blocks(make_block, num_blocks):
    assert num_blocks >= 0
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block())
    return net
