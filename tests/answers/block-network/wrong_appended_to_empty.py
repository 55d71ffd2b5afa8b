"""Appends to the class nn.Sequential instead of to a net.

misconception: wrong-call
points: 0
"""


def make_network(make_block, num_blocks, head):
    net = nn.Sequential
    net.append(make_blocks(make_block, num_blocks))
    net.append(head)
    return net
