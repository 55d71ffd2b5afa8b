"""Goes through the dict of children."""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError(f"there cannot be {num_blocks} blocks")
    net = nn.Sequential()
    net._modules.update({f"block {i}": make_block() for i in range(num_blocks)})
    return net
