"""The head of the chapter's net, whose width is fixed.

misconception: no-head
points: 1
"""


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks), nn.Linear(4, 1))
