"""Forgets to return the net.

misconception: returned-nothing
points: 0
"""


def make_network(make_block, num_blocks, head):
    net = nn.Sequential(make_blocks(make_block, num_blocks), head)
