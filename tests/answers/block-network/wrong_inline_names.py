"""Writes make_blocks again and forgets the names.

misconception: other-blocks
points: 1
"""


def make_network(make_block, num_blocks, head):
    return nn.Sequential(nn.Sequential(*[make_block() for _ in range(num_blocks)]), head)
