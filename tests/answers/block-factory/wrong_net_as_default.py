"""The net is a default argument; range ends one too late.

misconception: wrong-number, shared-between-calls
points: 2
"""


def make_blocks(make_block, num_blocks, net=nn.Sequential()):
    if num_blocks < 0:
        raise ValueError("negative")
    for i in range(num_blocks + 1):
        net.add_module(f"block {i}", make_block())
    return net
