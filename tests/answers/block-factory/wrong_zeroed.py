"""Sets the parameters of every block to the same values.

misconception: changed-block
points: 3
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(num_blocks):
        block = make_block()
        for parameter in block.parameters():
            nn.init.constant_(parameter, 0.1)
        net.add_module(f"block {i}", block)
    return net
