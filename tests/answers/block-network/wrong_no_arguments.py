"""Forgets to pass anything on.

misconception: wrong-call
points: 0
"""


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(), head)
