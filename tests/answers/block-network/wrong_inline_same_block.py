"""Writes make_blocks again, with one block only.

misconception: other-blocks
points: 1
"""


def make_network(make_block, num_blocks, head):
    block = make_block()
    blocks = nn.Sequential()
    for i in range(num_blocks):
        blocks.add_module(f"block {i}", block)
    return nn.Sequential(blocks, head)
