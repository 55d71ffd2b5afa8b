"""One block repeated, and counted from 1.

misconception: same-instance, named-from-one
points: 2
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    block = make_block()
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i + 1}", block)
    return net
