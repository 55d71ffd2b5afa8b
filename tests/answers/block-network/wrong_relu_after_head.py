"""A ReLU behind the head.

misconception: no-head
points: 1
"""


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks), head, nn.ReLU())
