"""A list outside the function gathers the blocks of all calls, and the student has tried it before the check.

misconception: shared-between-calls
points: 2
"""

blocks = []


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    blocks.extend(make_block() for _ in range(num_blocks))
    net = nn.Sequential()
    for i, block in enumerate(blocks):
        net.add_module(f"block {i}", block)
    return net


make_blocks(lambda: nn.Sequential(nn.Linear(20, 20), nn.ReLU()), 2)
