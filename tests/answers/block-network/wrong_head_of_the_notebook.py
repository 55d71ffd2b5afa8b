"""Uses the notebook's head and not the argument.

misconception: uses-global-net
points: 1
"""

output_layer = nn.Linear(3, 3)


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks), output_layer)
