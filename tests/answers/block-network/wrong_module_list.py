"""A list of modules is no net.

misconception: not-a-net
points: 1
"""


def make_network(make_block, num_blocks, head):
    return nn.ModuleList([make_blocks(make_block, num_blocks), head])
