"""Writes out again what make_blocks does."""


def make_network(make_block, num_blocks, head):
    from collections import OrderedDict
    blocks = nn.Sequential(OrderedDict((f"block {i}", make_block()) for i in range(num_blocks)))
    return nn.Sequential(blocks, head)
