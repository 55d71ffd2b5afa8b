"""A net in a default argument is kept for all calls.

misconception: shared-between-calls
points: 1
"""


def make_network(make_block, num_blocks, head, net=nn.Sequential()):
    net.append(make_blocks(make_block, num_blocks))
    net.append(head)
    return net
