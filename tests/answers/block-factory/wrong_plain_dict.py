"""nn.Sequential takes an OrderedDict, not a dict.

misconception: container-given
points: 0
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    return nn.Sequential({f"block {i}": make_block() for i in range(num_blocks)})
