"""A list as a default argument, which is never changed.

advice: mutable-default
"""


from collections import OrderedDict


def make_blocks(make_block, num_blocks, before=[]):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    blocks = before + [make_block() for _ in range(num_blocks)]
    return nn.Sequential(OrderedDict((f"block {i}", block) for i, block in enumerate(blocks)))
