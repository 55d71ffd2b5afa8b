"""Calls come from iter(make_block, a sentinel), cut off by islice; the blocks go straight into _modules."""

from itertools import islice

NEVER = object()


def make_blocks(make_block, num_blocks):
    try:
        made = islice(iter(make_block, NEVER), num_blocks)
    except ValueError as error:
        raise ValueError("num_blocks has to be 0 or more") from error
    net = nn.Sequential()
    net._modules = {f"block {i}": block for i, block in enumerate(made)}
    return net
