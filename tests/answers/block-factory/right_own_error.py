"""An error class of its own, which is a ValueError."""


class TooFewBlocks(ValueError):
    pass


def make_blocks(make_block, num_blocks, *, name="block {}"):
    if num_blocks < 0:
        raise TooFewBlocks(num_blocks)
    blocks = [make_block() for _ in range(num_blocks)]
    net = nn.Sequential()
    for i, block in enumerate(blocks):
        net.add_module(name.format(i), block)
    return net
