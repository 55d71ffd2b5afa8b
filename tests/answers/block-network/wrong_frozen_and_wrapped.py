"""Freezes the head and wraps the blocks: two mistakes.

misconception: extra-level, frozen-parameter
points: 0
"""


def make_network(make_block, num_blocks, head):
    for parameter in head.parameters():
        parameter.requires_grad = False
    return nn.Sequential(nn.Sequential(make_blocks(make_block, num_blocks)), head)
