"""Each block is wrapped in an nn.Sequential to carry the name, and nothing is returned for 0.

misconception: extra-level, zero-blocks
points: 3
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("negative")
    if num_blocks > 0:
        net = nn.Sequential()
        for i in range(num_blocks):
            net.add_module(f"block {i}", nn.Sequential(make_block()))
        return net
