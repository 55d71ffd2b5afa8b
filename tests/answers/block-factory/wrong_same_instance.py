"""Makes one block before the loop and adds it again and again.

misconception: same-instance
points: 3
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    block = make_block()
    for i in range(num_blocks):
        net.add_module(f"block {i}", block)
    return net
