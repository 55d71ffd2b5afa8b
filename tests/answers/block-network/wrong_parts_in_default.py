"""Gathers the parts in a list that is made once for all calls.

misconception: shared-between-calls
points: 1
"""


def make_network(make_block, num_blocks, head, parts=[]):
    parts += [make_blocks(make_block, num_blocks), head]
    return nn.Sequential(*parts)
