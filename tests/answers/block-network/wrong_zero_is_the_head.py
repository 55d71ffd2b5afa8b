"""Takes 0 for a case of its own and returns the bare head.

misconception: no-body
points: 1
"""


def make_network(make_block, num_blocks, head):
    if num_blocks == 0:
        return head
    return nn.Sequential(make_blocks(make_block, num_blocks), head)
