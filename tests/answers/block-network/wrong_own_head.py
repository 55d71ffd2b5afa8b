"""A head of its own, in place of the one given.

misconception: no-head
points: 1
"""


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks), nn.LazyLinear(1))
