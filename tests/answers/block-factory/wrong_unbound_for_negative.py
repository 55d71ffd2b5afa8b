"""Makes the net inside an if that a negative number does not enter.

misconception: unbound-local
points: 4
"""


def make_blocks(make_block, num_blocks):
    if num_blocks >= 0:
        net = nn.Sequential()
        for i in range(num_blocks):
            net.add_module(f"block {i}", make_block())
    return net
