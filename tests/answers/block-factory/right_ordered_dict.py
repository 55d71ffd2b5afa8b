"""All at once, with names, by an OrderedDict."""

from collections import OrderedDict


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    return nn.Sequential(OrderedDict((f"block {i}", make_block()) for i in range(num_blocks)))
