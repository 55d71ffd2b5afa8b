"""A net in a default argument is made once and kept for all calls.

misconception: shared-between-calls
points: 3
"""


def make_blocks(make_block, num_blocks, net=nn.Sequential()):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block())
    return net
