"""Block, head, block, head, side by side.

misconception: head-inside
points: 0
"""


def make_network(make_block, num_blocks, head):
    net = nn.Sequential()
    for block in make_blocks(make_block, num_blocks):
        net.append(block)
        net.append(head)
    return net
