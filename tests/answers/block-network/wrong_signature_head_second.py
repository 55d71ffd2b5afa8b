"""Takes the head before the number.

misconception: signature-swapped
points: 1
"""


def make_network(make_block, head, num_blocks):
    return nn.Sequential(make_blocks(make_block, num_blocks), head)
