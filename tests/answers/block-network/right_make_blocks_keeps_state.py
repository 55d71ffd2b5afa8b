"""make_blocks keeps its net between calls; that was its own exercise.

advice: mutable-default
"""


def make_blocks(make_block, num_blocks, blocks=[]):
    blocks.extend(make_block() for _ in range(num_blocks))
    return nn.Sequential(*blocks)


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks), head)
