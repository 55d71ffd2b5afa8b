"""One net for all calls.

misconception: shared-between-calls
points: 1
"""


net = nn.Sequential()


def make_network(make_block, num_blocks, head):
    net.add_module("blocks", make_blocks(make_block, num_blocks))
    net.add_module("head", head)
    return net
