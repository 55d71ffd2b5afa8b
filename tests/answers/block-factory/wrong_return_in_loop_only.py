"""return net stands in the loop.

misconception: return-in-loop
points: 1
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("negative")
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block())
        return net
